namespace Weir.Simulator.Answers;

/// <summary>Given text, cut by the <see cref="TokenRule"/>.</summary>
internal sealed class SplitText(IReadOnlyList<string> tokens) : TokenText
{
    public override int Count => tokens.Count;

    public override string this[int index] => tokens[index];

    public static SplitText Of(string text) => new(TokenRule.Split(text));

    public override TokenText Take(int count) => count >= Count ? this : new SplitText([.. tokens.Take(count)]);
}
