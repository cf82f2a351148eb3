using Weir.Core.Routing.Health;

namespace Weir.Tests.Chaos;

/// <summary>What became of six calls in a row under one fault.</summary>
/// <param name="Status">The client's status, first call.</param>
/// <param name="Ending">How its answer ended.</param>
/// <param name="Attempts">Attempts, each a ledger row, of the first call: outcomes in order.</param>
/// <param name="Health">The faulty target after five calls.</param>
/// <param name="SixthAttempts">Attempts of the sixth call.</param>
/// <param name="SixthStatus">Status of the sixth call.</param>
public sealed record ChaosCell(int Status, ChaosEnding Ending, string Attempts, string Health, int SixthAttempts, int SixthStatus)
{
    /// <summary>What the page calls a state of health.</summary>
    public static string WordFor(BreakerState breaker, Availability availability) =>
        breaker == BreakerState.Open ? "open" : breaker == BreakerState.HalfOpen ? "half open" : availability.IsAvailable ? "closed" : "rests";

    public override string ToString()
    {
        var ending = Ending switch
        {
            ChaosEnding.Whole => "whole",
            ChaosEnding.Error => "error",
            ChaosEnding.ErrorEvent => "error event",
            ChaosEnding.Broken => "broken",
            _ => "UNCLEAR",
        };
        return $"{Status} {ending}; {Attempts}; {Health}; 6th: {SixthStatus}, {SixthAttempts}";
    }
}
