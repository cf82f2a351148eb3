using System.Collections.Concurrent;

namespace Weir.Core.Upstream;

/// <summary>Full URLs by base and path: parsing one anew for every call costs more than the rest of building the request.</summary>
public sealed class UpstreamUrls
{
    // More than any configuration names; a dialect that puts client text into its path must not fill the memory.
    private const int MaxKept = 1024;
    private readonly ConcurrentDictionary<(string Base, string Path), Uri> _kept = new();

    /// <param name="baseUrl">Base URL, with or without a slash at its end.</param>
    /// <param name="path">Path below it, without a slash at its start.</param>
    /// <param name="query">The query with its question mark, or empty.</param>
    public Uri For(Uri baseUrl, string path, string query)
    {
        var start = baseUrl.AbsoluteUri;
        if (query.Length > 0)
            return Make(start, path, query);
        if (_kept.TryGetValue((start, path), out var known))
            return known;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        return _kept.GetOrAdd((start, path), static key => Make(key.Base, key.Path, ""));
    }

    private static Uri Make(string start, string path, string query) => new(string.Concat(start.TrimEnd('/'), "/", path, query));
}
