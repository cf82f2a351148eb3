using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>One tool call while it streams in. Arguments that come before the name wait for it.</summary>
internal sealed class ChatToolBlock(int index)
{
    private string _waiting = "";
    private bool _closed;

    public int Index { get; } = index;
    public string? Id { get; set; }
    public string? Name { get; set; }

    /// <summary>Block number, or -1 until the name is known.</summary>
    public int Block { get; set; } = -1;

    public void Add(string arguments, List<ModelEvent> events)
    {
        if (_closed && arguments.Length > 0)
        {
            // Cannot be told in dialects whose blocks close; losing a piece of the arguments would be worse.
            events.Add(new ModelEvent.Error("malformed_stream", "A tool call went on after it had ended.", null));
            return;
        }

        if (Block < 0)
        {
            _waiting += arguments;
            return;
        }

        if (_waiting.Length > 0)
        {
            arguments = _waiting + arguments;
            _waiting = "";
        }

        if (arguments.Length > 0)
            events.Add(new ModelEvent.ToolArgumentsDelta(Block, arguments));
    }

    public void Close(List<ModelEvent> events)
    {
        if (_closed || Block < 0)
            return;
        _closed = true;
        events.Add(new ModelEvent.BlockStop(Block));
    }
}
