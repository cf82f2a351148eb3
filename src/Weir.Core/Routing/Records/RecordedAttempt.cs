using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Metering;
using Weir.Core.Telemetry;

namespace Weir.Core.Routing.Records;

/// <summary>One attempt of a recorded call, as far as a replay needs it.</summary>
/// <param name="Target">Where it went.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">Upstream status, or 0.</param>
/// <param name="Start">From the call's arrival to its start.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="TimeToFirstToken">From its start to the first content, or null.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Cost">What that cost; null = no price was known.</param>
/// <param name="PriceRow">The price it was reckoned with, or null.</param>
/// <param name="Continues">It went on with what another attempt began: its use is that of a part of an answer.</param>
public readonly record struct RecordedAttempt(string Target, AttemptOutcome Outcome, int Status, TimeSpan Start, TimeSpan Duration, TimeSpan? TimeToFirstToken,
    Usage Usage, Catalog.Money? Cost, string? PriceRow, bool Continues = false)
{
    /// <summary>Attempts of a decision record; those that cannot be read are left out.</summary>
    public static List<RecordedAttempt> All(JsonElement decision)
    {
        var all = new List<RecordedAttempt>();
        if (decision.ValueKind != JsonValueKind.Object || !decision.TryGetProperty("attempts", out var list) || list.ValueKind != JsonValueKind.Array)
            return all;
        foreach (var attempt in list.EnumerateArray())
        {
            if (Text(attempt, "target") is { } target && AttemptOutcomeNames.Find(Text(attempt, "outcome")) is { } outcome)
                all.Add(Read(attempt, target, outcome));
        }
        return all;
    }

    private static RecordedAttempt Read(JsonElement attempt, string target, AttemptOutcome outcome)
    {
        attempt.TryGetProperty("usage", out var usage);
        var unpriced = Text(attempt, "priceState") is null or "unpriced";
        return new RecordedAttempt(target, outcome, (int)(Number(attempt, "status") ?? 0), Span(attempt, "startMs") ?? TimeSpan.Zero, Span(attempt, "ms") ?? TimeSpan.Zero,
            Span(attempt, "ttftMs"), UsageJson.Read(usage), unpriced ? null : new Catalog.Money((long)(Number(attempt, "costPicos") ?? 0)), Text(attempt, "priceRow"),
            attempt.TryGetProperty("continues", out _));
    }

    private static TimeSpan? Span(JsonElement attempt, string name) =>
        Number(attempt, name) is { } ms and >= 0 and < 1e10 ? TimeSpan.FromMilliseconds(ms) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
