namespace Weir.Core.Semantics.Intents;

/// <summary>The margins of one text in short.</summary>
/// <param name="Best">Class with the widest margin; the first of equals.</param>
/// <param name="Margin">Its margin.</param>
/// <param name="Lead">What the next best has less.</param>
/// <param name="Familiarity">The margin, less what the class of strangers says where there is one: low for texts of no class.</param>
internal readonly record struct Evidence(int Best, float Margin, float Lead, float Familiarity)
{
    /// <summary>What a stranger's own margin counts against the best class's.</summary>
    private const float StrangerShare = 0.5f;

    /// <summary>Sums up margins.</summary>
    /// <param name="margins">One for each class, and one for strangers behind them if <paramref name="strangers"/>.</param>
    /// <param name="strangers">Whether the last margin is that of utterances out of scope.</param>
    public static Evidence Of(ReadOnlySpan<float> margins, bool strangers)
    {
        var stranger = strangers ? margins[^1] : 0;
        if (strangers)
            margins = margins[..^1];
        int best = 0;
        float first = float.NegativeInfinity, second = float.NegativeInfinity;
        for (var c = 0; c < margins.Length; c++)
        {
            if (margins[c] > first)
                (best, second, first) = (c, first, margins[c]);
            else
                second = Math.Max(second, margins[c]);
        }

        // A single class has no rival but a text's being of no class.
        var lead = first - (margins.Length > 1 ? second : -first);
        return new Evidence(best, first, lead, first - StrangerShare * stranger);
    }
}
