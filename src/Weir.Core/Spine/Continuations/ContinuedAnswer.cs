using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Continuations;

/// <summary>
/// Events of a continuation as the rest of the answer the client has: no second start, text into the block that is open,
/// further blocks after it, usage on top of what was charged before. What does not go on from the text the client has is a
/// failure of the attempt, and nothing of it gets through.
/// </summary>
/// <param name="prefill">What is gone on from.</param>
/// <param name="facts">Of the continuation; told of the failure.</param>
public sealed class ContinuedAnswer(Prefill prefill, ResponseFacts facts) : IResponseWriter
{
    /// <summary>Code of the failure.</summary>
    public const string Diverged = "continuation_diverged";

    private readonly Dictionary<int, int> _blocks = [];
    private readonly int _open = prefill.Answer.SoFar.Block;
    private bool _joined, _closed;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (prefill.Divergence is not null)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start:
                break;
            case ModelEvent.UsageUpdate update:
                Pass(new ModelEvent.UsageUpdate(prefill.Charged.Plus(update.Usage)), output);
                break;
            case ModelEvent.BlockStart { Kind: BlockKind.Text } block when !_joined && !_closed:
                (_joined, _blocks[block.Block]) = (true, _open);
                break;
            case ModelEvent.BlockStart { Kind: not BlockKind.Text } when !_joined:
                Diverge("it began with something else than text");
                break;
            case ModelEvent.BlockStart block:
                CloseText(output);
                Pass(block with { Block = Opened(block.Block) }, output);
                break;
            case ModelEvent.ToolCallStart call:
                CloseText(output);
                Pass(call with { Block = Opened(call.Block) }, output);
                break;
            case ModelEvent.TextDelta text when Of(text.Block) == _open && !prefill.Seam.IsClosed:
                if (prefill.Seam.Take(text.Text) is not { } rest)
                    Diverge("it did not begin where the text ended");
                else if (rest.Length > 0)
                    Pass(new ModelEvent.TextDelta(_open, rest), output);
                break;
            case ModelEvent.BlockStop stop when Of(stop.Block) == _open:
                CloseText(output);
                break;
            case ModelEvent.Finish or ModelEvent.End:
                CloseText(output);
                Pass(modelEvent, output);
                break;
            default:
                Pass(Moved(modelEvent), output);
                break;
        }
    }

    private void CloseText(IBufferWriter<byte> output)
    {
        if (_closed)
            return;
        _closed = true;
        if (!prefill.Seam.MayEnd)
            Diverge("it ended before the text did");
        Pass(new ModelEvent.BlockStop(_open), output);
    }

    private int Opened(int block) => _blocks[block] = _open + 1 + _blocks.Values.Count(b => b > _open);

    private int Of(int block) => _blocks.GetValueOrDefault(block, -1);

    private ModelEvent Moved(ModelEvent modelEvent) => modelEvent switch
    {
        ModelEvent.TextDelta e => e with { Block = Of(e.Block) },
        ModelEvent.Signature e => e with { Block = Of(e.Block) },
        ModelEvent.ToolArgumentsDelta e => e with { Block = Of(e.Block) },
        ModelEvent.Logprobs e => e with { Block = Of(e.Block) },
        ModelEvent.Citation e => e with { Block = Of(e.Block) },
        ModelEvent.BlockStop e => e with { Block = Of(e.Block) },
        _ => modelEvent,
    };

    private void Pass(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (prefill.Divergence is null)
            prefill.Answer.Write(modelEvent, output);
    }

    private void Diverge(string how)
    {
        prefill.Divergence = how;
        facts.Failure ??= new UpstreamFailure(0, null, Diverged, how);
    }
}
