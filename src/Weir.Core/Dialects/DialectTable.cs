using System.Collections.Frozen;

namespace Weir.Core.Dialects;

/// <summary>All dialects this build speaks, by name.</summary>
public sealed class DialectTable(IReadOnlyList<IDialect> dialects)
{
    private readonly FrozenDictionary<string, IDialect> _byName = dialects.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>All of them, in order of registration.</summary>
    public IReadOnlyList<IDialect> All { get; } = dialects;

    public IDialect? Find(string name) => _byName.GetValueOrDefault(name);
}
