using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Continuations;

/// <summary>
/// The answer a client is getting on a route that may continue it: one writer for all attempts that take part, so that ids,
/// indexes and sequence numbers go on, and what was written so far.
/// </summary>
/// <param name="writer">Writes the client's dialect.</param>
/// <param name="stops">The call's stop sequences.</param>
public sealed class OpenAnswer(IResponseWriter writer, IReadOnlyList<string> stops) : IResponseWriter
{
    public AnswerSoFar SoFar { get; } = new(stops);

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        SoFar.Observe(modelEvent);
        writer.Write(modelEvent, output);
    }
}
