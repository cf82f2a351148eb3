using System.Text.Json;

namespace Weir.Simulator.Answers;

/// <summary>The calls a directive gives its arguments for, round after round.</summary>
internal static class ToolPlan
{
    /// <summary>
    /// Arguments of the calls in each round: an array holds one value per round, and an array in it one per parallel call.
    /// Null: one round, whose calls all get the same.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Read(string? arguments)
    {
        if (arguments is null || !arguments.TrimStart().StartsWith('['))
        {
            return null;
        }

        using var json = JsonDocument.Parse(arguments);
        return [.. json.RootElement.EnumerateArray().Select(IReadOnlyList<string> (round) =>
            round.ValueKind == JsonValueKind.Array ? [.. round.EnumerateArray().Select(call => call.GetRawText())] : [round.GetRawText()])];
    }
}
