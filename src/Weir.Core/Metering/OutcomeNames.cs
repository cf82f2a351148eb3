namespace Weir.Core.Metering;

/// <summary>Outcomes as text: ledger, decision record, metric label.</summary>
public static class OutcomeNames
{
    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Ok => "ok",
        AttemptOutcome.Rejected => "rejected",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Cut => "cut",
        AttemptOutcome.TimedOut => "timed_out",
        AttemptOutcome.ClientGone => "client_gone",
        AttemptOutcome.Unreachable => "unreachable",
        AttemptOutcome.Abandoned => "abandoned",
        _ => "unknown",
    };
}
