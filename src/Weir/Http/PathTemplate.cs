namespace Weir.Http;

/// <summary>A <see cref="Core.Dialects.ClientRoute"/>'s path, ready to match. Matching is case-sensitive.</summary>
internal sealed class PathTemplate
{
    private const string ModelName = "model";
    private readonly string[] _literals;
    private readonly bool[] _isModel;

    private PathTemplate(string[] literals, bool[] isModel)
    {
        _literals = literals;
        _isModel = isModel;
    }

    /// <summary>There are no placeholders.</summary>
    public bool IsLiteral => _isModel.Length == 0;

    /// <summary>The text before the first placeholder.</summary>
    public string Start => _literals[0];

    /// <exception cref="FormatException">Two placeholders touch, or a brace is left open.</exception>
    public static PathTemplate Parse(string template)
    {
        List<string> literals = [];
        List<bool> isModel = [];
        var from = 0;
        while (template.IndexOf('{', from) is >= 0 and var open)
        {
            var close = template.IndexOf('}', open);
            if (close < 0 || (open == from && literals.Count > 0))
                throw new FormatException($"'{template}' is no path template.");
            literals.Add(template[from..open]);
            isModel.Add(template.AsSpan(open + 1, close - open - 1).SequenceEqual(ModelName));
            from = close + 1;
        }
        literals.Add(template[from..]);
        return new PathTemplate([.. literals], [.. isModel]);
    }

    /// <summary>Whether the whole path matches, and what stood for <c>{model}</c>, unescaped.</summary>
    public bool TryMatch(string path, out string? model)
    {
        model = null;
        if (!path.StartsWith(_literals[0], StringComparison.Ordinal) || !Match(path, _literals[0].Length, 0, out var found))
            return false;
        model = found is { } range ? Uri.UnescapeDataString(path[range]) : null;
        return true;
    }

    private bool Match(string path, int at, int hole, out Range? model)
    {
        model = null;
        if (hole == _isModel.Length)
            return at == path.Length;
        var literal = _literals[hole + 1];
        var isLast = hole == _isModel.Length - 1;
        // The longest text first for a model, so that a verb inside its name is part of the name.
        for (var end = isLast ? path.Length - literal.Length : path.Length; end > at; end--)
        {
            if (!path.AsSpan(end).StartsWith(literal, StringComparison.Ordinal) || (!_isModel[hole] && path.AsSpan(at, end - at).Contains('/')))
                continue;
            if (Match(path, end + literal.Length, hole + 1, out model))
            {
                if (_isModel[hole])
                    model = at..end;
                return true;
            }
        }
        return false;
    }
}
