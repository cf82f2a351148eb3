using Weir.Core.Metering;

namespace Weir.Tests.Spine;

/// <summary>A way for a first target to fail before its first content, and what the ledger has to call it.</summary>
/// <param name="Name">Also the upstream model by which the simulator's script recognises it.</param>
/// <param name="Directives">Members of the script rule, as JSON.</param>
/// <param name="Streamed">Outcome when a stream was asked for.</param>
/// <param name="Whole">Outcome otherwise.</param>
/// <param name="Status">The client's status when nobody else stands by and the dialects differ.</param>
public sealed record Fault(string Name, string Directives, AttemptOutcome Streamed, AttemptOutcome Whole, int Status)
{
    /// <summary>Provider prefix: most faults come from the simulator, some from below HTTP.</summary>
    public string Provider { get; init; } = "bad";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("refused", "", AttemptOutcome.Unreachable, AttemptOutcome.Unreachable, 502) { Provider = "refused" },
        new("blackhole", "", AttemptOutcome.TimedOut, AttemptOutcome.TimedOut, 504) { Provider = "blackhole" },
        Status4xx(401, 502), Status4xx(402, 402), Status4xx(403, 403), Status4xx(404, 404), Status4xx(429, 429),
        Status5xx(500), Status5xx(502), Status5xx(503), Status5xx(529),
        new("html-502", "\"html\":1", AttemptOutcome.Failed, AttemptOutcome.Failed, 502),
        new("html-200", "\"html\":1,\"status\":200", AttemptOutcome.Failed, AttemptOutcome.Failed, 502),
        new("error-in-200", "\"status\":200", AttemptOutcome.Failed, AttemptOutcome.Failed, 0),
        new("error-event-first", "\"error-at\":0", AttemptOutcome.Failed, AttemptOutcome.Failed, 0),
        new("error-event-before-content", "\"error-at\":1", AttemptOutcome.Failed, AttemptOutcome.Failed, 0),
        new("cut-at-head", "\"cut\":0", AttemptOutcome.Cut, AttemptOutcome.Cut, 502),
        new("cut-before-content", "\"cut\":1", AttemptOutcome.Cut, AttemptOutcome.Cut, 502),
        new("end-at-head", "\"end\":0", AttemptOutcome.Failed, AttemptOutcome.Failed, 502),
        new("end-before-content", "\"end\":1", AttemptOutcome.Cut, AttemptOutcome.Failed, 502),
        new("malformed-event", "\"garbage\":1", AttemptOutcome.Failed, AttemptOutcome.Failed, 502),
        new("endless-headers", "\"headers\":\"endless\"", AttemptOutcome.Failed, AttemptOutcome.Failed, 502),
        new("silence", "\"silent\":1", AttemptOutcome.TimedOut, AttemptOutcome.TimedOut, 504) { Provider = "slow" },
        new("headers-then-silence", "\"stall\":0", AttemptOutcome.TimedOut, AttemptOutcome.TimedOut, 504) { Provider = "slow" },
        new("slow-headers", "\"slow-headers\":\"150ms\"", AttemptOutcome.TimedOut, AttemptOutcome.TimedOut, 504) { Provider = "slow" },
        new("closes-without-answer", "", AttemptOutcome.Cut, AttemptOutcome.Cut, 502) { Provider = "closer" },
        new("not-http", "", AttemptOutcome.Failed, AttemptOutcome.Failed, 502) { Provider = "babble" },
        new("redirect", "", AttemptOutcome.Failed, AttemptOutcome.Failed, 502) { Provider = "redirect" },
        new("empty-stream", "", AttemptOutcome.Failed, AttemptOutcome.Failed, 502) { Provider = "empty" },
        new("no-sse", "", AttemptOutcome.Failed, AttemptOutcome.Failed, 502) { Provider = "nonsense" },
    ];

    private static Fault Status4xx(int status, int shown) => new($"status-{status}", $"\"status\":{status}", AttemptOutcome.Rejected, AttemptOutcome.Rejected, shown);

    private static Fault Status5xx(int status) => new($"status-{status}", $"\"status\":{status}", AttemptOutcome.Failed, AttemptOutcome.Failed, status);

    public override string ToString() => Name;
}
