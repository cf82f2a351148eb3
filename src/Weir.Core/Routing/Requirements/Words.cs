namespace Weir.Core.Routing.Requirements;

/// <summary>Lists as sentences say them.</summary>
internal static class Words
{
    /// <summary><c>eu</c>, <c>eu or ch</c>, <c>eu, ch or uk</c>.</summary>
    public static string Any(IReadOnlyList<string> words) =>
        words.Count <= 1 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
