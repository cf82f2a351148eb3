using System.Collections.Frozen;

namespace Weir.Core.Routing;

/// <summary>How good a target is at kinds of tasks, 0 to 1, as its operator says. Immutable.</summary>
public sealed class QualityScores(IReadOnlyDictionary<string, double> byClass)
{
    /// <summary>The class whose score holds for every class without its own.</summary>
    public const string Default = "default";

    private readonly FrozenDictionary<string, double> _byClass = byClass.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Nobody said anything.</summary>
    public static QualityScores Unknown { get; } = new(FrozenDictionary<string, double>.Empty);

    /// <summary>Scores differ by intent class.</summary>
    public bool HasClasses => _byClass.Count > (_byClass.ContainsKey(Default) ? 1 : 0);

    /// <summary>The score for an intent class (null or unknown: the default's), or null when there is none.</summary>
    public double? For(string? intent) =>
        (intent is not null && _byClass.TryGetValue(intent, out var score)) || _byClass.TryGetValue(Default, out score) ? score : null;

    /// <summary>These scores, and where they are silent those of <paramref name="other"/>.</summary>
    public QualityScores Over(QualityScores other)
    {
        if (other._byClass.Count == 0 || _byClass.Count == 0)
            return _byClass.Count == 0 ? other : this;
        var merged = new Dictionary<string, double>(other._byClass, StringComparer.Ordinal);
        foreach (var (name, score) in _byClass)
            merged[name] = score;
        return new QualityScores(merged);
    }
}
