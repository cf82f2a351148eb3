using System.Buffers;

namespace Weir.Core.Identity;

/// <summary>
/// Labels: what they may look like, and which ones a caller may set itself. A grant is a label's name (any value) or
/// <c>name=value</c>; routes rest on labels, so what is not granted does not count.
/// </summary>
public static class LabelGrant
{
    /// <summary>What the call is for (<c>support</c>, <c>batch</c>).</summary>
    public const string Workload = "workload";

    /// <summary>How its content is to be handled (<c>confidential</c>).</summary>
    public const string Sensitivity = "sensitivity";

    /// <summary>Where the caller is (<c>eu</c>).</summary>
    public const string Region = "region";

    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 64;

    /// <summary>Longest value, in characters.</summary>
    public const int MaxValue = 128;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>True when one of the grants covers the label.</summary>
    public static bool Allows(IReadOnlyList<string> grants, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        foreach (var grant in grants)
        {
            var at = grant.IndexOf('=', StringComparison.Ordinal);
            var granted = at < 0 ? grant : grant.AsSpan(0, at);
            if (granted.SequenceEqual(name) && (at < 0 || grant.AsSpan(at + 1).SequenceEqual(value)))
                return true;
        }
        return false;
    }

    /// <summary>Lower-case ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c></summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxName && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Printable ASCII without a comma, not blank at either end: what a header can carry in a list.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxValue && !text.ContainsAnyExceptInRange(' ', '~') && !text.Contains(',') && text.Trim().Length == text.Length;

    /// <summary>True for <c>name</c> and <c>name=value</c>.</summary>
    public static bool IsGrant(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? IsName(text) : IsName(text.AsSpan(0, at)) && IsValue(text.AsSpan(at + 1));
    }
}
