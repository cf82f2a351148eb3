namespace Weir.Core.Catalog;

/// <summary>
/// A rule over model ids: exact (<c>gpt-5.4</c>), prefix (<c>gpt-5*</c>), suffix (<c>*-latest</c>) or part
/// (<c>*nova-pro*</c>). Case is ignored, as providers echo ids in differing case. A star elsewhere is not a rule.
/// </summary>
public readonly record struct ModelMatch
{
    private readonly bool _openStart;
    private readonly bool _openEnd;

    private ModelMatch(string literal, bool openStart, bool openEnd) =>
        (Literal, _openStart, _openEnd) = (literal, openStart, openEnd);

    /// <summary>The text without its stars; its length is the rule's weight.</summary>
    public string Literal { get; }

    public bool IsExact => !_openStart && !_openEnd;

    /// <summary>False for an empty text or a star in the middle.</summary>
    public static bool TryParse(string text, out ModelMatch match)
    {
        ArgumentNullException.ThrowIfNull(text);
        var openStart = text.StartsWith('*');
        var openEnd = text.EndsWith('*');
        var literal = text.Trim('*');
        match = new ModelMatch(literal, openStart, openEnd);
        return text.Length > 0 && !literal.Contains('*', StringComparison.Ordinal);
    }

    public bool Matches(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (_openStart, _openEnd) switch
        {
            (false, false) => model.Equals(Literal, StringComparison.OrdinalIgnoreCase),
            (false, true) => model.StartsWith(Literal, StringComparison.OrdinalIgnoreCase),
            (true, false) => model.EndsWith(Literal, StringComparison.OrdinalIgnoreCase),
            _ => model.Contains(Literal, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Smaller goes first: more literal text, then prefix before suffix before part.</summary>
    internal (int, int) Order => (-Literal.Length, _openStart ? _openEnd ? 2 : 1 : 0);

    public override string ToString() => Literal.Length == 0 ? "*" : (_openStart ? "*" : "") + Literal + (_openEnd ? "*" : "");
}
