using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Events as a Converse stream. Blocks follow one another strictly, while events may interleave several tool calls: the
/// block that opened first streams live, later ones wait in memory. <c>messageStop</c> and <c>metadata</c> wait for the end,
/// because other dialects tell their usage after the finish reason.
/// </summary>
internal sealed class ConverseStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly ConverseEvents _events = new();
    private readonly ConverseAnswers _blocks = new(shape);
    private Usage _usage;
    private ModelEvent.Finish? _finish;
    private bool _startWritten, _ended;
    private int _live, _opened = -1;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_ended)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start:
                Start(output);
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.Error:
                _ended = true;
                break;
            case ModelEvent.End:
                Start(output);
                _blocks.StopAll();
                Advance(output);
                _events.MessageStop(ConverseStopReasons.Write(_finish?.Reason, _blocks.HasToolUse), output);
                _events.Metadata(_usage, output);
                _ended = true;
                break;
            default:
                Start(output);
                _blocks.Apply(modelEvent);
                Advance(output);
                break;
        }
    }

    private void Start(IBufferWriter<byte> output)
    {
        if (!_startWritten)
            _events.MessageStart(output);
        _startWritten = true;
    }

    /// <summary>Writes what the live block gathered, closes it when it is done, and goes on with the next.</summary>
    private void Advance(IBufferWriter<byte> output)
    {
        for (; _live < _blocks.Count; _live++)
        {
            var block = _blocks[_live];
            if (_opened < _live)
            {
                if (block.Kind == "toolUse")
                    _events.ToolStart(_live, block, output);
                _opened = _live;
            }
            if (block.Text.Length > 0)
                _events.Delta(_live, block, output);
            block.Text.Clear();
            if (block.Signature.Length > 0)
                _events.Signature(_live, block, output);
            block.Signature = "";
            if (!block.IsStopped)
                return;
            _events.BlockStop(_live, output);
        }
    }
}
