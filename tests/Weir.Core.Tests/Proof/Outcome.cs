namespace Weir.Core.Tests.Proof;

/// <summary>What one recorded exchange showed in one crossing.</summary>
/// <param name="Kind">Answer, request or emitted reply.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Api">The recorded API.</param>
/// <param name="From">The recorded dialect.</param>
/// <param name="To">The dialect it crossed into.</param>
/// <param name="Id">The recording.</param>
/// <param name="Result">Passed, failed, or skipped.</param>
/// <param name="Why">What failed, or why it was left out, or an empty text.</param>
internal sealed record Outcome(ProofKind Kind, string Provider, string Api, string From, string To, string Id, ProofResult Result, string Why)
{
    /// <summary>The name under which exceptions are listed.</summary>
    public string Key => $"{Id} {Kind} {To}";
}

internal enum ProofKind { Native, Answer, Request, Schema }

internal enum ProofResult { Passed, Refused, Failed, Skipped }
