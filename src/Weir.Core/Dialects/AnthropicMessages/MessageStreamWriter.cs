using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Events as an Anthropic stream. Anthropic's blocks follow one another strictly, while events may interleave several tool
/// calls: the block that opened first streams live, later ones wait in memory until it closes, then follow in order.
/// <c>message_delta</c> waits for the end, because other dialects tell their usage after the finish reason; without
/// <see cref="ModelEvent.End"/> there is neither <c>message_delta</c> nor <c>message_stop</c>.
/// </summary>
internal sealed class MessageStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly EventFrames _frames = new();
    private readonly AnswerBlocks _blocks = new(shape);
    private ModelEvent.Start? _start;
    private Usage _usage;
    private ModelEvent.Finish? _finish;
    private bool _startWritten, _ended;
    private int _live, _liveIndex = -1;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_ended)
            return;
        switch (modelEvent)
        {
            // message_start waits one event for the usage an Anthropic-like upstream tells at the start.
            case ModelEvent.Start start:
                _start ??= start;
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                WriteStart(output);
                _finish = finish;
                break;
            case ModelEvent.End:
                WriteStart(output);
                _blocks.StopAll();
                Advance(output);
                _frames.MessageDelta(new StopMembers(_finish, _blocks.HasToolUse, _blocks.Refusal), _usage, output);
                _frames.MessageStop(output);
                _ended = true;
                break;
            case ModelEvent.Error error:
                StreamError.Write(ErrorTypes.FromUpstream(error.Type, error.Status), error.Message, null, output);
                _ended = true;
                break;
            default:
                WriteStart(output);
                OnBlockEvent(modelEvent, output);
                break;
        }
    }

    private void OnBlockEvent(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        int position = _blocks.Apply(modelEvent);
        if (position < 0)
            return;
        if (position == _live && _liveIndex == position)
        {
            WriteDelta(modelEvent, output);
            Forget(_blocks[position]);
        }

        Advance(output);
    }

    /// <summary>Opens the next block when none is open, writes what it gathered, and closes those that are done.</summary>
    private void Advance(IBufferWriter<byte> output)
    {
        while (_live < _blocks.Count)
        {
            AnswerBlock block = _blocks[_live];
            // Waits for a block it can stand before; at the end it is left out.
            if (_liveIndex < _live && _blocks.IsTrailingSeal(_live))
                return;
            // Redacted data has no delta: the block opens when its data is there.
            if (_liveIndex < _live && block.Kind == AnswerBlockKind.RedactedThinking && !block.IsStopped && block.Signature.Length == 0)
                return;
            if (_liveIndex < _live)
            {
                _frames.BlockStart(_live, block, output);
                _liveIndex = _live;
                WriteGathered(block, output);
            }

            if (!block.IsStopped)
                return;
            if (block is { Kind: AnswerBlockKind.Thinking, Signature.Length: 0 })
                _frames.Delta(_live, "signature_delta"u8, "signature"u8, SignatureEnvelope.Unsigned, output);
            _frames.BlockStop(_live++, output);
        }
    }

    private void WriteGathered(AnswerBlock block, IBufferWriter<byte> output)
    {
        if (block.Text.Length > 0)
            WriteText(block, block.Text.ToString(), output);
        if (block.Kind == AnswerBlockKind.Thinking && block.Signature.Length > 0)
            _frames.Delta(_live, "signature_delta"u8, "signature"u8, block.Signature, output);
        foreach (RawJson citation in block.Citations)
            _frames.Citation(_live, citation, output);
        Forget(block);
    }

    /// <summary>What has been sent needs no memory; the words of a refusal are told again in <c>stop_details</c>.</summary>
    private static void Forget(AnswerBlock block)
    {
        if (!block.IsRefusal)
            block.Text.Clear();
    }

    private void WriteDelta(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        AnswerBlock block = _blocks[_live];
        switch (modelEvent)
        {
            case ModelEvent.TextDelta { Text.Length: > 0 } delta:
                WriteText(block, delta.Text, output);
                break;
            case ModelEvent.ToolArgumentsDelta { Fragment.Length: > 0 } delta:
                WriteText(block, delta.Fragment, output);
                break;
            case ModelEvent.Signature when block.Kind == AnswerBlockKind.Thinking:
                _frames.Delta(_live, "signature_delta"u8, "signature"u8, block.Signature, output);
                break;
            case ModelEvent.Citation when block.Citations.Count > 0:
                _frames.Citation(_live, block.Citations[^1], output);
                break;
            default:
                break;
        }
    }

    private void WriteText(AnswerBlock block, string text, IBufferWriter<byte> output)
    {
        switch (block.Kind)
        {
            case AnswerBlockKind.ToolUse:
                _frames.Delta(_live, "input_json_delta"u8, "partial_json"u8, text, output);
                break;
            case AnswerBlockKind.Thinking:
                _frames.Delta(_live, "thinking_delta"u8, "thinking"u8, text, output);
                break;
            case AnswerBlockKind.Text:
                _frames.Delta(_live, "text_delta"u8, "text"u8, text, output);
                break;
            default:
                break;
        }
    }

    private void WriteStart(IBufferWriter<byte> output)
    {
        if (_startWritten)
            return;
        _startWritten = true;
        _frames.MessageStart(_start?.Id ?? shape.ResponseId, _start?.Model ?? shape.Model, _usage, output);
    }
}
