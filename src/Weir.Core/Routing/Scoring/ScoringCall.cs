using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Plans;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Scoring;

/// <summary>What scorers go by for one call: its size, what its answer will be like, and who has its prompt cached.</summary>
public sealed class ScoringCall
{
    /// <summary>Tokens of an answer of which nobody knows anything.</summary>
    private const long UnknownAnswer = 500;

    private readonly PlanWalk _walk;
    private readonly double _usualAnswer;

    /// <param name="walk">The call's walk.</param>
    /// <param name="candidates">The targets it is a choice of.</param>
    /// <param name="affinity">What keeps calls together.</param>
    public ScoringCall(PlanWalk walk, List<Candidate> candidates, Plans.ChoiceAffinity affinity)
    {
        _walk = walk;
        InputTokens = walk.Call.InputTokens;
        Size = SizeClasses.Of(InputTokens);
        Trail = AffinityTrail.Of(affinity, walk.Call);
        Warm = walk.Warmth is { } table ? Trail?.Find(table, long.MaxValue) : null;
        _usualAnswer = UsualAnswer(candidates);
    }

    public RouteCall Call => _walk.Call;

    public DateTimeOffset Now => _walk.Now;

    /// <summary>Size of the prompt by its bytes alone, the same for all targets.</summary>
    public long InputTokens { get; }

    public SizeClass Size { get; }

    /// <summary>By what the call finds its cache; null = it looks for none.</summary>
    public AffinityTrail? Trail { get; }

    /// <summary>Who has its prompt in the cache, or null.</summary>
    public WarmCache? Warm { get; }

    /// <summary>Tokens of the prompt as the target counts them.</summary>
    public long InputOf(Candidate candidate) => _walk.Tokens is { } tokens
        ? tokens.Estimate(candidate.Planned.Target.Name, Call.Facts.HasTools ? TokenKind.PromptWithTools : TokenKind.Prompt, Call.Facts.PromptTextBytes)
        : InputTokens;

    /// <summary>Tokens that an answer of the target will have: what its answers had, or else those of the others.</summary>
    public double OutputOf(Candidate candidate) =>
        candidate.State.Statistics.Output.Predict(Size, Call.Facts.MaxOutputTokens) ?? _usualAnswer;

    /// <summary>
    /// Tokens of the prompt that the target will read from its cache, apart from <see cref="Warm"/>: by what it read of others'.
    /// A call that looks for its cache itself counts on nobody's habits.
    /// </summary>
    public long CachedOf(Candidate candidate, long inputTokens) =>
        Trail is null && candidate.State.Statistics.Cache.HitRate is { } rate ? Math.Min(inputTokens, (long)(inputTokens * rate)) : 0;

    private double UsualAnswer(List<Candidate> candidates)
    {
        var (sum, count) = (0.0, 0);
        foreach (var candidate in candidates)
        {
            if (candidate.State.Statistics.Output.Predict(Size, Call.Facts.MaxOutputTokens) is not { } tokens)
                continue;
            sum += tokens;
            count++;
        }
        return count > 0 ? sum / count : Math.Min(UnknownAnswer, Call.Facts.MaxOutputTokens ?? UnknownAnswer) * Call.Facts.Choices;
    }
}
