using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>
/// Writes events in the client's dialect: frame by frame for a stream, or one document at <see cref="ModelEvent.End"/>
/// for a whole answer. The output depends only on the events, never on how they were chunked.
/// </summary>
public interface IResponseWriter
{
    /// <summary>Appends what this event means in the dialect (possibly nothing).</summary>
    void Write(ModelEvent modelEvent, IBufferWriter<byte> output);
}
