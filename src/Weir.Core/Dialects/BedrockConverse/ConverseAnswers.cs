using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Gathers block events into blocks, in order of opening. Both writers of answers stand on it.</summary>
internal sealed class ConverseAnswers(ResponseShape shape)
{
    private readonly List<ConverseAnswer> _blocks = [];
    private readonly Dictionary<int, int> _positions = [];

    public int Count => _blocks.Count;
    public ConverseAnswer this[int position] => _blocks[position];
    public bool HasToolUse { get; private set; }

    /// <summary>Takes one event; returns the position of the block it belongs to, or -1 when it changes nothing here.</summary>
    public int Apply(ModelEvent modelEvent)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart start:
                return Add(start.Block, ConverseAnswer.Of(start.Kind));
            case ModelEvent.ToolCallStart call:
                HasToolUse = true;
                // Upstreams without call ids get one that no other turn of the conversation has.
                var id = call.Id.Length > 0 ? call.Id : $"tooluse_{shape.ResponseId}_{_blocks.Count}";
                return Add(call.Block, ConverseAnswer.Call(ToolUseIds.ToClient(id), call.Name));
            case ModelEvent.TextDelta delta:
                return Append(delta.Block, delta.Text);
            case ModelEvent.ToolArgumentsDelta delta:
                return Append(delta.Block, delta.Fragment);
            case ModelEvent.Signature signature when _positions.TryGetValue(signature.Block, out var at):
                _blocks[at].Signature = _blocks[at].Kind == "redacted"
                    ? ReasoningSeal.SealBlob(signature.Value, signature.Vendor) : ReasoningSeal.Seal(signature.Value, signature.Vendor);
                return at;
            case ModelEvent.BlockStop stop when _positions.Remove(stop.Block, out var at):
                _blocks[at].IsStopped = true;
                return at;
            default:
                return -1;
        }
    }

    /// <summary>Closes whatever the upstream left open.</summary>
    public void StopAll()
    {
        foreach (var block in _blocks)
            block.IsStopped = true;
        _positions.Clear();
    }

    private int Add(int block, ConverseAnswer added)
    {
        if (_positions.Remove(block, out var before))
            _blocks[before].IsStopped = true;
        _positions[block] = _blocks.Count;
        _blocks.Add(added);
        return _blocks.Count - 1;
    }

    private int Append(int block, string text)
    {
        if (!_positions.TryGetValue(block, out var at))
            return -1;
        _blocks[at].Text.Append(text);
        return at;
    }
}
