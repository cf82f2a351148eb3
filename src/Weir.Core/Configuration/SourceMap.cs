using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration;

/// <summary>
/// Path of a value (<c>models[2].targets[0].provider</c>) → where it was written. Kept beside the documents rather than in
/// them, so that documents made from the environment, the API or a cluster are the same records.
/// </summary>
public sealed class SourceMap
{
    private readonly Dictionary<string, Mark> _marks = new(StringComparer.Ordinal);

    public void Set(string path, Mark mark) => _marks.TryAdd(path, mark);

    public bool Contains(string path) => _marks.ContainsKey(path);

    /// <summary>The place of the path, or of the nearest thing around it.</summary>
    public Mark Find(string path)
    {
        var at = path.AsSpan();
        var lookup = _marks.GetAlternateLookup<ReadOnlySpan<char>>();
        while (at.Length > 0)
        {
            if (lookup.TryGetValue(at, out var mark))
                return mark;
            at = at[..Math.Max(0, at.LastIndexOfAny('.', '['))];
        }
        return Mark.None;
    }
}
