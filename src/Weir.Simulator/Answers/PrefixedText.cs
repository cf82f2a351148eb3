namespace Weir.Simulator.Answers;

/// <summary>One text after the other; the boundary between them is a token boundary.</summary>
internal sealed class PrefixedText(TokenText head, TokenText tail) : TokenText
{
    public override int Count => head.Count + tail.Count;

    public override string this[int index] => index < head.Count ? head[index] : tail[index - head.Count];

    public override TokenText Take(int count) =>
        count <= head.Count ? head.Take(count) : new PrefixedText(head, tail.Take(count - head.Count));
}
