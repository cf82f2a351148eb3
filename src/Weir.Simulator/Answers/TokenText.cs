using System.Text;

namespace Weir.Simulator.Answers;

/// <summary>A text as a sequence of tokens, produced on demand so that very long answers cost no memory.</summary>
internal abstract class TokenText
{
    public static TokenText Empty { get; } = new SplitText([]);

    public abstract int Count { get; }

    public abstract string this[int index] { get; }

    /// <summary>The first <paramref name="count"/> tokens.</summary>
    public abstract TokenText Take(int count);

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var index = 0; index < Count; index++)
        {
            text.Append(this[index]);
        }

        return text.ToString();
    }
}
