using System.Text;
using Weir.Core.Canon;

namespace Weir.Core.Spine.Continuations;

/// <summary>
/// What a client has got of an answer, as far as another model could go on from it: one block of plain text, still open. All
/// else that was given out is a reason why nobody can; the text is dropped then, and when it grows beyond <see cref="MaxBytes"/>.
/// </summary>
/// <param name="stops">The call's stop sequences.</param>
public sealed class AnswerSoFar(IReadOnlyList<string> stops)
{
    /// <summary>Most text kept, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;

    private const string Closed = "its text was closed";
    private const string Reasoned = "it has reasoning, which no other model may be shown as its own";
    private const string Declined = "the model declined";

    private readonly StringBuilder _text = new();
    private long _bytes;
    private string? _reason;

    /// <summary>Index of the block of text; -1 = none was opened.</summary>
    public int Block { get; private set; } = -1;

    /// <summary>The text given out, while somebody could go on from it.</summary>
    public string Text => _text.ToString();

    /// <summary>Why nobody can go on from here, or null. A gap in it is worse than a cut: what is not surely safe is a reason.</summary>
    public string? WhyNot => _reason
        ?? (Block < 0 || string.IsNullOrWhiteSpace(Text) ? "no text was given out" : EndsAmidCharacter ? "its text ends amid a character"
        : MayBeginStop(Text) ? "its text ends in what may be the beginning of a stop sequence" : null);

    // Some engines send what they have of a character as U+FFFD.
    private bool EndsAmidCharacter => char.IsHighSurrogate(_text[^1]) || _text[^1] == '\uFFFD';

    /// <summary>Takes an event as the client got it.</summary>
    public void Observe(ModelEvent modelEvent)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart { Kind: BlockKind.Text } block when Block < 0:
                Block = block.Block;
                break;
            case ModelEvent.BlockStart block:
                Refuse(block.Kind switch { BlockKind.Text => "it has several blocks of text", BlockKind.Refusal => Declined, _ => Reasoned });
                break;
            case ModelEvent.TextDelta text when text.Block == Block && _reason is null:
                Append(text.Text);
                break;
            case ModelEvent.Signature:
                Refuse(Reasoned);
                break;
            case ModelEvent.ToolCallStart or ModelEvent.ToolArgumentsDelta:
                Refuse("it has a tool call");
                break;
            case ModelEvent.Citation:
                Refuse("it has citations");
                break;
            case ModelEvent.Logprobs:
                Refuse("it has log probabilities");
                break;
            case ModelEvent.BlockStop:
                Refuse(Closed);
                break;
            case ModelEvent.Finish:
                Refuse("nothing is missing but its end marker");
                break;
        }
    }

    private void Append(string text)
    {
        _bytes += Encoding.UTF8.GetByteCount(text);
        if (_bytes > MaxBytes)
            Refuse($"its text is longer than {MaxBytes / 1024} KB");
        else
            _text.Append(text);
    }

    /// <summary>The first reason stands; that a block was closed says less than what came after it.</summary>
    private void Refuse(string reason)
    {
        if (_reason is null or Closed)
            _reason = reason;
        _text.Clear();
    }

    /// <summary>The model that goes on would not see that its first words complete the sequence.</summary>
    private bool MayBeginStop(string text)
    {
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > 0; length--)
            {
                if (text.AsSpan().EndsWith(stop.AsSpan(0, length), StringComparison.Ordinal))
                    return true;
            }
        }
        return false;
    }
}
