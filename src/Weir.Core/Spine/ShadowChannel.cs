using System.IO.Pipelines;

namespace Weir.Core.Spine;

/// <summary>The client of a copy: the headers of its call's client, and nobody who reads the answer.</summary>
internal sealed class ShadowChannel : IClientChannel
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <param name="client">The client of the call, which may be gone when the copy leaves.</param>
    /// <param name="stopping">The process stops.</param>
    public ShadowChannel(IClientChannel client, CancellationToken stopping)
    {
        (Query, Gone) = (client.Query, stopping);
        client.VisitHeaders(_headers, static (headers, name, value) => headers.Add(new(name, value)));
    }

    public string Query { get; }
    public long? ContentLength => null;
    public PipeReader Body { get; } = PipeReader.Create(Stream.Null);
    public CancellationToken Gone { get; }
    public bool HasStarted => false;
    public int StatusCode { get; set; }
    public PipeWriter Output { get; } = PipeWriter.Create(Stream.Null);

    public string? Header(string name)
    {
        var found = _headers.FindAll(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Count == 0 ? null : string.Join(',', found.Select(h => h.Value));
    }

    public void VisitHeaders<TState>(TState state, Action<TState, string, string> visit)
    {
        foreach (var (name, value) in _headers)
            visit(state, name, value);
    }

    public void SetHeader(string name, string value)
    {
        // Nobody reads it.
    }

    public void Abort()
    {
        // There is no connection.
    }
}
