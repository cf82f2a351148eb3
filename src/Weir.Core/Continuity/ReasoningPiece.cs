namespace Weir.Core.Continuity;

/// <summary>
/// One piece of an assistant turn, in the order it was produced: reasoning (text with its signature, or encrypted), or the
/// place of a tool call.
/// </summary>
/// <param name="Text">Reasoning text; null for encrypted reasoning and for a tool call.</param>
/// <param name="Signature">Signature, or the encrypted data; null when nobody signed.</param>
/// <param name="Vendor">Who signed; empty for nobody.</param>
/// <param name="CallId">The upstream's id of a tool call; null for reasoning.</param>
public sealed record ReasoningPiece(string? Text, string? Signature, string Vendor, string? CallId)
{
    /// <summary>It marks where a tool call stood.</summary>
    public bool IsCall => CallId is not null;
}
