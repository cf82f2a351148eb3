using System.Text;
using Weir.Core.Canon;

namespace Weir.Core.Continuity;

/// <summary>Watches the events of one answer and remembers its reasoning and where its tool calls stood. One instance per answer.</summary>
public sealed class ReasoningRecorder
{
    private readonly List<ReasoningPiece> _pieces = [];
    private StringBuilder? _text;
    private bool _isEncrypted;
    private int _block = -1;
    private string? _signature;
    private string _vendor = "";

    /// <summary>The pieces so far, in order.</summary>
    public IReadOnlyList<ReasoningPiece> Pieces => _pieces;

    /// <summary>There is a tool call to come back to, and reasoning that must come back with it.</summary>
    public bool IsWorthKeeping => _pieces.Exists(p => p.IsCall) && _pieces.Exists(p => !p.IsCall || p.Signature is not null);

    public void Observe(ModelEvent modelEvent)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart { Kind: BlockKind.Thinking or BlockKind.RedactedThinking } start:
                Close();
                _block = start.Block;
                _isEncrypted = start.Kind == BlockKind.RedactedThinking;
                _text = new StringBuilder();
                break;
            case ModelEvent.TextDelta delta when _text is not null && delta.Block == _block:
                _text.Append(delta.Text);
                break;
            case ModelEvent.Signature signature when _text is not null && signature.Block == _block:
                (_signature, _vendor) = (_signature + signature.Value, signature.Vendor);
                break;
            case ModelEvent.BlockStop stop when _text is not null && stop.Block == _block:
                Close();
                break;
            case ModelEvent.ToolCallStart call:
                Close();
                _pieces.Add(new ReasoningPiece(null, call.CallSignature, call.Vendor ?? "", call.Id));
                break;
            case ModelEvent.Finish:
                Close();
                break;
        }
    }

    private void Close()
    {
        if (_text is not null && (_text.Length > 0 || _signature is not null))
            _pieces.Add(new ReasoningPiece(_isEncrypted ? null : _text.ToString(), _signature, _vendor, null));
        (_text, _signature, _vendor, _block) = (null, null, "", -1);
    }
}
