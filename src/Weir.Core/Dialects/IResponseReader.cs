using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>Turns an upstream's answer into events. One instance per attempt; never throws on malformed input: it emits <see cref="ModelEvent.Error"/>.</summary>
public interface IResponseReader
{
    /// <summary>Kept up to date while events are read.</summary>
    ResponseFacts Facts { get; }

    /// <summary>A complete frame of a stream; appends events.</summary>
    void OnFrame(in Frame frame, List<ModelEvent> events);

    /// <summary>The stream closed in order; appends what only now is known, for dialects without an end marker of their own. Never End.</summary>
    void OnClose(List<ModelEvent> events) { }

    /// <summary>The whole body of an answer that is not a stream; appends all its events including End.</summary>
    void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events);
}
