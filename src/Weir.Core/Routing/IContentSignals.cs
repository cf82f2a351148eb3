namespace Weir.Core.Routing;

/// <summary>What a call's content is about. Members may cost work when first read, and are the same ever after.</summary>
public interface IContentSignals
{
    /// <summary>Name of the intent class, <c>""</c> when out of scope, or null when nobody can say.</summary>
    string? Intent { get; }

    /// <summary>0 to 1; 0 when <see cref="Intent"/> is null.</summary>
    double IntentConfidence { get; }

    /// <summary>How hard the task is, 0 to 1, or null when nobody can say.</summary>
    double? Difficulty { get; }

    /// <summary>
    /// Whether the strong model of the declared pair is to answer, so that it gets its share of calls where it is worth most; null =
    /// no pair is declared, or nobody can say.
    /// </summary>
    bool? PrefersStrong => null;

    /// <summary>ISO 639-1 code of the language, or null when nobody can say.</summary>
    string? Language { get; }

    /// <summary>Words for what was found in the content (<c>pii.email</c>, <c>secret</c>); empty when nothing was, or nobody looked.</summary>
    IReadOnlySet<string> Findings { get; }

    /// <summary>Which of the others somebody has read: reading those again costs nothing, and the decision hung on them.</summary>
    SignalKinds Read => SignalKinds.None;
}

/// <summary>Members of <see cref="IContentSignals"/>; the confidence belongs to the intent.</summary>
[Flags]
public enum SignalKinds
{
    None = 0,
    Intent = 1,
    Difficulty = 2,
    Language = 4,
    Findings = 8,
    Strength = 16,
    All = Intent | Difficulty | Language | Findings | Strength,
}
