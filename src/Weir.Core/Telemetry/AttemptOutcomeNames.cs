using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary><see cref="AttemptOutcome"/> in words: label value, JSON value and ledger text are the same.</summary>
public static class AttemptOutcomeNames
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
        AttemptOutcome.Superseded => "superseded",
        _ => "other",
    };

    /// <summary>The outcome of a word, or null.</summary>
    public static AttemptOutcome? Find(string? word)
    {
        for (var outcome = AttemptOutcome.Ok; Of(outcome) is var name && name != "other"; outcome++)
        {
            if (name == word)
                return outcome;
        }
        return null;
    }
}
