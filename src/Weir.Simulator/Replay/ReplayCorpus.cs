using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Simulator.Replay;

/// <summary>
/// A folder of recordings (<c>*.jsonl</c>, <c>*.jsonl.gz</c>; one exchange per line). Nothing is read until it is
/// asked for; with an <c>index.tsv</c> (columns <c>id</c>, <c>file</c>) an id opens only its own file, whose name
/// without extension is in the index. Safe for concurrent use.
/// </summary>
public sealed class ReplayCorpus : IDisposable
{
    private const int CacheLimit = 256;

    private readonly string _directory;
    private readonly List<RecordingFile> _files;
    private readonly Lazy<Dictionary<string, string>> _index;
    private readonly Lazy<Dictionary<string, string>> _requests;
    private readonly ConcurrentDictionary<string, ReplayExchange> _recent = new(StringComparer.Ordinal);

    /// <param name="directory">An existing folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ReplayCorpus(string directory)
    {
        _directory = directory;
        _files =
        [
            .. Directory.EnumerateFiles(directory)
                .Where(file => file.EndsWith(".jsonl", StringComparison.Ordinal) || file.EndsWith(".jsonl.gz", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(file => new RecordingFile(file)),
        ];
        _index = new(ReadIndex);
        _requests = new(HashRequests);
    }

    /// <summary>All ids; opens every file.</summary>
    public IEnumerable<string> Ids => _files.SelectMany(file => file.Ids);

    /// <summary>All exchanges, read one by one.</summary>
    public IEnumerable<ReplayExchange> Read() => _files.SelectMany(file => file.Ids.Select(id => file.Find(id)!));

    /// <summary>The exchange of that id, or null.</summary>
    public ReplayExchange? Find(string id)
    {
        if (_recent.TryGetValue(id, out var known))
        {
            return known;
        }

        var found = Candidates(id).Select(file => file.Find(id)).FirstOrDefault(exchange => exchange is not null);
        if (found is not null)
        {
            if (_recent.Count >= CacheLimit)
            {
                _recent.Clear();
            }

            _recent[id] = found;
        }

        return found;
    }

    /// <summary>The first exchange with exactly this path and request body, or null; opens every file.</summary>
    public ReplayExchange? Match(string path, ReadOnlySpan<byte> body) =>
        _requests.Value.TryGetValue(Key(path, body), out var id) ? Find(id) : null;

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private IEnumerable<RecordingFile> Candidates(string id) =>
        _index.Value.TryGetValue(id, out var name)
            ? _files.Where(file => file.Name.StartsWith(name + ".", StringComparison.Ordinal)) : _files;

    private Dictionary<string, string> ReadIndex()
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(_directory, "index.tsv");
        foreach (var line in File.Exists(path) ? File.ReadLines(path).Skip(1) : [])
        {
            var columns = line.Split('\t', 3);
            if (columns.Length > 1)
            {
                index.TryAdd(columns[0], columns[1]);
            }
        }

        return index;
    }

    private Dictionary<string, string> HashRequests()
    {
        var requests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var exchange in Read().Where(exchange => exchange.RequestBody.Length > 0))
        {
            requests.TryAdd(Key(exchange.Path, exchange.RequestBody.Span), exchange.Id);
        }

        return requests;
    }

    private static string Key(string path, ReadOnlySpan<byte> body) =>
        Convert.ToHexString(SHA256.HashData((byte[])[.. Encoding.UTF8.GetBytes(path), 0, .. body]));
}
