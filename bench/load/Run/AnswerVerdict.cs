namespace Weir.Load.Run;

/// <summary>Decides whether a complete answer is what the run asked for.</summary>
internal static class AnswerVerdict
{
    /// <returns>The kind of error, or null.</returns>
    internal static string? Of(ResponseReader response, RunPlan plan)
    {
        if (response.Status != 200)
            return $"http_{response.Status}";
        if (!plan.Stream)
            return plan.Expect is not null && !response.SawExpected ? "unexpected_dialect" : null;
        if (!response.IsEventStream)
            return "not_a_stream";
        var events = response.Events;
        if (!events.Finished)
            return "no_end_of_stream";
        if (events.OutOfOrder)
            return "out_of_order";
        if (events.Unexpected)
            return "unexpected_dialect";
        return events.Chunks == plan.ChunksPerStream ? null : "lost_chunks";
    }
}
