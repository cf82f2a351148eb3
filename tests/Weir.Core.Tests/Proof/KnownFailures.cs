namespace Weir.Core.Tests.Proof;

/// <summary>Every recorded exchange that does not pass, by <see cref="Outcome.Key"/>, and why.</summary>
internal static class KnownFailures
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ea-d4cb40d9a8 Request gemini-generate"] = "its one message has no content (its own provider refused it too), so that Gemini is sent an empty conversation, which it refuses",
    };
}
