using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>What the lines of a batch's result file used, line by line in file order.</summary>
public sealed class BatchTally
{
    private readonly List<(string Model, Usage Usage)> _lines = [];

    /// <summary>One entry per line, lines without usage included (an empty usage), so that a position means the same at every fetch.</summary>
    public IReadOnlyList<(string Model, Usage Usage)> Lines => _lines;

    public void Add(string? model, Usage? usage) => _lines.Add((model ?? "", usage ?? default));
}
