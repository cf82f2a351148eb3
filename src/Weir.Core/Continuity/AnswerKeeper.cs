using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Continuity;

/// <summary>Keeps an answer at its end, which is before its client can name it.</summary>
internal sealed class AnswerKeeper(IResponseWriter writer, IKeepableAnswer answer, ITenantState state, string tenant) : IResponseWriter
{
    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        writer.Write(modelEvent, output);
        if (modelEvent is ModelEvent.End && answer.Kept is var (id, document))
            state.Put(tenant, StateKind.StoredResponse, id, document.Span);
    }
}
