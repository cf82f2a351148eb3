using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Keeps <see cref="ResponseFacts"/> from events; the same for the tap and the translating reader.</summary>
internal sealed class ResponsesFacts
{
    public ResponseFacts Facts { get; } = new();

    /// <summary>One event of a stream; comments and <c>[DONE]</c> (some servers add it) are none.</summary>
    public void OnFrame(in Frame frame, ReadOnlySpan<byte> type)
    {
        var data = frame.Data;
        if (data.IsEmpty || data.StartsWith("[DONE]"u8))
            return;
        if (type.IsEmpty)
        {
            // Before the first content another target can still be asked; later the client gets what came.
            if (!Facts.ContentStarted)
                Facts.Failure ??= NotAnEvent;
            return;
        }

        if (type.EndsWith(".delta"u8))
        {
            var length = EventLook.DeltaLength(data);
            if (type.StartsWith("response.reasoning"u8))
                Facts.ReasoningTextBytes += length;
            else
                Facts.OutputTextBytes += length;
            Facts.ContentStarted = true;
            return;
        }

        if (type.SequenceEqual("error"u8))
            Fail(data);
        else if (IsEnd(type))
            End(ResponseScan.Of(data), isEvent: true);
        // New kinds of events begin so, too; what does not is another dialect's, and shows no content.
        else if (!EventLook.IsStartUp(type) && type.StartsWith("response."u8))
            Facts.ContentStarted = true;
        else if (Facts.ResponseId is null && type.StartsWith("response."u8) && !type.EndsWith(".added"u8))
            Identify(ResponseScan.Of(data));
    }

    /// <summary>A whole answer.</summary>
    public ResponseScan ApplyBody(ReadOnlySpan<byte> body)
    {
        var scan = ResponseScan.Of(body);
        Facts.OutputTextBytes += scan.TextBytes;
        Facts.ReasoningTextBytes += scan.ReasoningBytes;
        Facts.ContentStarted |= scan.Items > 0;
        End(scan, isEvent: false);
        return scan;
    }

    private static UpstreamFailure NotAnEvent { get; } = new(0, null, "malformed_event", "The upstream sent an event that is not JSON.");

    private static bool IsEnd(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8)
        || type.SequenceEqual("response.failed"u8) || type.SequenceEqual("response.cancelled"u8);

    private void Identify(in ResponseScan scan)
    {
        Facts.ResponseId ??= string.IsNullOrEmpty(scan.Id) ? null : scan.Id;
        Facts.ServedModel ??= string.IsNullOrEmpty(scan.Model) ? null : scan.Model;
        if (!scan.IsWellFormed && !Facts.ContentStarted)
            Facts.Failure ??= NotAnEvent;
    }

    private void End(in ResponseScan scan, bool isEvent)
    {
        Identify(scan);
        Facts.ContainerId = scan.ContainerId ?? Facts.ContainerId;
        Facts.FinishReason = scan.IncompleteReason ?? scan.Status ?? Facts.FinishReason;
        if (scan.Usage is { } usage)
        {
            Facts.Usage = usage.ToUsage(scan.Searches, scan.ServiceTier);
            Facts.UsageIsFinal = true;
        }

        if (scan.Status == "failed" || scan.Failure is not null)
            Facts.Failure ??= scan.Failure ?? new UpstreamFailure(0, null, "failed", "The upstream failed to make the answer.");
        // A background answer is not finished, but the document is all there will be on this connection.
        Facts.IsComplete = scan.IsWellFormed && Facts.Failure is null && (isEvent || scan.Status is not null || scan.Items > 0 || scan.IsTokenCount);
    }

    /// <summary>Flat as the specification has it, or (observed) under <c>error</c>.</summary>
    private void Fail(ReadOnlySpan<byte> data) => Facts.Failure ??= ErrorBodyReader.Read(0, data);
}
