using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Gathers block events into blocks, in order of opening. Both writers of answers stand on it.</summary>
internal sealed class AnswerBlocks(ResponseShape shape)
{
    private readonly List<AnswerBlock> _blocks = [];
    private readonly Dictionary<int, int> _positions = [];

    public int Count => _blocks.Count;
    public AnswerBlock this[int position] => _blocks[position];
    public bool HasToolUse { get; private set; }

    /// <summary>The words of a refusal, or null.</summary>
    public string? Refusal
    {
        get
        {
            AnswerBlock? refusal = _blocks.Find(b => b.IsRefusal);
            return refusal?.Text.ToString();
        }
    }

    /// <summary>
    /// The block, and all that follow it so far, seal the text before them (Gemini signs its last words). Anthropic's answers
    /// never end so, and clients take the last block for the answer: Claude Code would print nothing.
    /// </summary>
    public bool IsTrailingSeal(int position)
    {
        int after = _blocks.FindLastIndex(b => b.Kind != AnswerBlockKind.RedactedThinking);
        return position > after && after >= 0 && _blocks[after].Kind == AnswerBlockKind.Text;
    }

    /// <summary>Takes one event; returns the position of the block it belongs to, or -1 when it changes nothing here.</summary>
    public int Apply(ModelEvent modelEvent)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart start:
                return Add(start.Block, AnswerBlock.For(start.Kind));
            case ModelEvent.ToolCallStart call:
                HasToolUse = true;
                // A signature of the call itself has no place in tool_use; it goes before it, and comes back there.
                if (call is { CallSignature: { Length: > 0 } signed, Vendor: { } signer })
                    _blocks.Add(new AnswerBlock(AnswerBlockKind.RedactedThinking) { Signature = SignatureEnvelope.Seal(signed, signer), IsStopped = true });
                return Add(call.Block, new AnswerBlock(AnswerBlockKind.ToolUse, id: ClientId(call), name: call.Name));
            case ModelEvent.TextDelta delta:
                return Append(delta.Block, delta.Text);
            case ModelEvent.ToolArgumentsDelta delta:
                return Append(delta.Block, delta.Fragment);
            case ModelEvent.Signature signature when Find(signature.Block, out int at):
                _blocks[at].Signature = SignatureEnvelope.Seal(signature.Value, signature.Vendor);
                return at;
            // Citations of other dialects point into things this client never saw.
            case ModelEvent.Citation citation when citation.Dialect == AnthropicMessagesDialect.DialectName && Find(citation.Block, out int at):
                _blocks[at].Citations.Add(citation.Json);
                return at;
            case ModelEvent.BlockStop stop when Find(stop.Block, out int at):
                _blocks[at].IsStopped = true;
                _positions.Remove(stop.Block);
                return at;
            default:
                return -1;
        }
    }

    /// <summary>Closes whatever the upstream left open.</summary>
    public void StopAll()
    {
        foreach (AnswerBlock block in _blocks)
            block.IsStopped = true;
        _positions.Clear();
    }

    private int Add(int block, AnswerBlock added)
    {
        if (_positions.Remove(block, out int before))
            _blocks[before].IsStopped = true;
        _positions[block] = _blocks.Count;
        _blocks.Add(added);
        return _blocks.Count - 1;
    }

    private int Append(int block, string text)
    {
        if (!Find(block, out int at))
            return -1;
        _blocks[at].Text.Append(text);
        return at;
    }

    private bool Find(int block, out int at) => _positions.TryGetValue(block, out at);

    /// <summary>Upstreams without call ids get one that no other turn of the conversation has.</summary>
    private string ClientId(ModelEvent.ToolCallStart call)
        => ToolIds.ToClient(call.Id.Length > 0 ? call.Id : $"toolu_{shape.ResponseId}_{_blocks.Count}");
}
