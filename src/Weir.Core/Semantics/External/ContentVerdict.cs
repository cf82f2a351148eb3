namespace Weir.Core.Semantics.External;

/// <summary>What a text was taken for, whoever said so.</summary>
/// <param name="Label">Name of the class, or null: none of them.</param>
/// <param name="Confidence">0 to 1, on the classifier's own scale.</param>
public readonly record struct ContentVerdict(string? Label, float Confidence);
