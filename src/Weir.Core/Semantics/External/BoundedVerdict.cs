namespace Weir.Core.Semantics.External;

/// <summary>A verdict that always comes, and how it came about.</summary>
/// <param name="Verdict">The classifier's, or the declared default.</param>
/// <param name="Source">Which of the two, and why.</param>
public readonly record struct BoundedVerdict(ContentVerdict Verdict, VerdictSource Source);

/// <summary>Where a verdict came from.</summary>
public enum VerdictSource
{
    /// <summary>The classifier answered in time.</summary>
    Classifier,

    /// <summary>The deadline passed first: the default.</summary>
    DeadlinePassed,

    /// <summary>The service failed or its answer made no sense: the default.</summary>
    Failed,
}
