using System.Text.Json;

namespace Weir.Load.Report;

/// <summary>How raw results are spelt: snake_case, one line each.</summary>
internal static class ResultJson
{
    internal static JsonSerializerOptions Line { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static JsonSerializerOptions Indented { get; } = new(Line) { WriteIndented = true };
}
