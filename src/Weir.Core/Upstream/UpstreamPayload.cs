using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>
/// The body that goes to one target: either the client's bytes with splices, or a translated document. Owned by the
/// attempt; the client's bytes themselves stay with the exchange, so a next attempt starts from the same ones.
/// </summary>
public sealed class UpstreamPayload : IDisposable
{
    private PooledBody? _translated;
    private readonly List<Splice> _splices = new(2);
    private ReadOnlyMemory<byte> _source;
    private (StreamedBody Source, AttemptClock Clock)? _streamed;

    /// <summary>Edits of the client's bytes (native lane).</summary>
    public List<Splice> Splices => _splices;

    /// <summary>Where a translated document is written.</summary>
    public PooledBody Translated => _translated ??= new PooledBody();

    /// <summary>Declares the client's bytes as the body.</summary>
    public void UseClientBytes(ReadOnlyMemory<byte> source) => _source = source;

    /// <summary>Declares a body that is passed on while it arrives.</summary>
    public void UseStreamed(StreamedBody source, AttemptClock clock) => _streamed = (source, clock);

    /// <summary>Total bytes that will be sent, or null when only the end will tell.</summary>
    public long? Length => _streamed is { } streamed ? streamed.Source.Length + Splicer.FinalLength(0, _splices)
        : _source.IsEmpty ? Translated.Length : Splicer.FinalLength(_source.Length, _splices);

    /// <summary>The body that will be sent, in pieces: unchanged stretches are slices of the client's bytes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces()
    {
        if (_source.IsEmpty)
            return [Translated.Memory];
        if (_splices.Count == 0)
            return [_source];
        var pieces = new List<ReadOnlyMemory<byte>>((_splices.Count * 2) + 1);
        Splicer.AddSegments(_source, _splices, pieces);
        return pieces;
    }

    /// <summary>The attempt's clock, to be told when a connection takes the body; null for nobody.</summary>
    public AttemptClock? Clock { get; set; }

    /// <summary>The body left completely.</summary>
    public bool WasSent { get; private set; }

    /// <summary>Writes the body piece by piece: unchanged stretches are never copied.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        // A connection is there: from here on it is the model that is waited for.
        Clock?.Arm(AttemptClock.FirstToken);
        if (_streamed is { } streamed)
        {
            await streamed.Source.WriteToAsync(stream, _splices, streamed.Clock, cancellationToken);
            streamed.Clock.Arm(AttemptClock.FirstToken);
        }
        else if (_source.IsEmpty)
            await stream.WriteAsync(Translated.Memory, cancellationToken);
        else
            await Splicer.WriteAsync(_source, _splices, stream, cancellationToken);
        WasSent = true;
    }

    public void Dispose() => _translated?.Dispose();
}
