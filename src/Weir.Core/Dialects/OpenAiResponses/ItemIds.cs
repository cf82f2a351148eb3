using System.Globalization;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Ids of answers and items that Weir makes. They begin as OpenAI's do and then say that they are Weir's, so that a later
/// turn can tell what no provider knows. Derived from the exchange's id: the same events give the same ids.
/// </summary>
internal static class ItemIds
{
    private const string Own = "weir_";

    /// <summary>How ids of reasoning items that Weir wrote begin.</summary>
    public static ReadOnlySpan<byte> ReasoningMark => "rs_weir_"u8;

    public static string Response(string exchangeId) => $"resp_{Own}{exchangeId}";

    /// <summary>True for the id of an answer that Weir wrote.</summary>
    public static bool IsOwnResponse(string id) => id.StartsWith("resp_" + Own, StringComparison.Ordinal);

    /// <summary>The answer that an item of this id stands in, or null when Weir did not write it.</summary>
    public static string? ResponseOf(string itemId)
    {
        var start = itemId.IndexOf("_" + Own, StringComparison.Ordinal);
        var end = itemId.LastIndexOf('_');
        return start > 0 && end > start + Own.Length ? Response(itemId[(start + 1 + Own.Length)..end]) : null;
    }

    /// <param name="prefix">OpenAI's prefix for the item's type, for example <c>msg</c>.</param>
    /// <param name="exchangeId">The exchange that makes the answer.</param>
    /// <param name="index">Place in the answer's output.</param>
    public static string Item(string prefix, string exchangeId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{Own}{exchangeId}_{index}");
}
