using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>
/// What writers of answers have in common: how the answer starts, its usage and how it finishes may come in any order and are
/// kept. Its end or an error is the last thing written.
/// </summary>
internal abstract class AnswerWriter : IResponseWriter
{
    private bool _isOver;

    /// <summary>The first start told.</summary>
    protected ModelEvent.Start? Start { get; private set; }

    /// <summary>The last usage told.</summary>
    protected Usage? Usage { get; private set; }

    protected ModelEvent.Finish? Finish { get; private set; }

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_isOver)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                Start ??= start;
                break;
            case ModelEvent.UsageUpdate update:
                Usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                Finish = finish;
                break;
            case ModelEvent.End:
                _isOver = true;
                WriteEnd(output);
                break;
            case ModelEvent.Error error:
                _isOver = true;
                WriteError(error, output);
                break;
            default:
                Add(modelEvent, output);
                break;
        }
    }

    /// <summary>Anything else: blocks with what is in them, calls, logprobs.</summary>
    protected abstract void Add(ModelEvent modelEvent, IBufferWriter<byte> output);

    /// <summary>Writes the document, or the last of a stream.</summary>
    protected abstract void WriteEnd(IBufferWriter<byte> output);

    /// <summary>Writes a failure; nothing where the caller answers with an error document.</summary>
    protected virtual void WriteError(ModelEvent.Error error, IBufferWriter<byte> output)
    {
    }
}
