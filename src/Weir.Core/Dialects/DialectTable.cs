using System.Collections.Frozen;

namespace Weir.Core.Dialects;

/// <summary>All dialects this build speaks, by name.</summary>
public sealed class DialectTable(IEnumerable<IDialect> dialects)
{
    private readonly FrozenDictionary<string, IDialect> _byName = dialects.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    public IDialect? Find(string name) => _byName.GetValueOrDefault(name);
}
