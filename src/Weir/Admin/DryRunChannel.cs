using System.IO.Pipelines;
using Weir.Core.Spine;

namespace Weir.Admin;

/// <summary>The client of a call that is not made: headers and a body that are given, and nobody who listens.</summary>
internal sealed class DryRunChannel(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, string query, CancellationToken gone) : IClientChannel
{
    public string? Header(string name) => headers.GetValueOrDefault(name);

    public void VisitHeaders<TState>(TState state, Action<TState, string, string> visit)
    {
        foreach (var (name, value) in headers)
            visit(state, name, value);
    }

    public string Query => query;

    public long? ContentLength => body.Length;

    public PipeReader Body { get; } = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body));

    public CancellationToken Gone => gone;

    public bool HasStarted => false;

    public int StatusCode { get; set; }

    public PipeWriter Output { get; } = PipeWriter.Create(Stream.Null);

    public void SetHeader(string name, string value)
    {
    }

    public void Abort()
    {
    }
}
