using Weir.Core.Canon;

namespace Weir.Core.Continuity;

/// <summary>
/// Lets opaque reasoning travel through clients that have no place for it: what an assistant turn with tool calls thought
/// is kept under the ids of its calls, and put back when the client returns with the results. Vendors refuse the second
/// turn (or answer worse) without it: Anthropic's signatures, Gemini's thought signatures, OpenAI's encrypted reasoning.
/// </summary>
public sealed class ReasoningMemory(ITenantState state)
{
    /// <summary>Keeps what <paramref name="turn"/> recorded, when the next turn will need it.</summary>
    public void Keep(string tenant, ReasoningRecorder turn)
    {
        if (!turn.IsWorthKeeping)
            return;
        var bytes = ReasoningPieces.Write(turn.Pieces);
        foreach (var piece in turn.Pieces)
        {
            if (piece.CallId is { Length: > 0 } id)
                state.Put(tenant, StateKind.Reasoning, id, bytes);
        }
    }

    /// <summary>The request with what <paramref name="vendor"/> signed put back into the turns it came from.</summary>
    public async ValueTask<ModelRequest> RestoreAsync(string tenant, string vendor, ModelRequest request, CancellationToken cancellationToken)
    {
        Message[]? messages = null;
        for (var i = 0; i < request.Messages.Count; i++)
        {
            var message = request.Messages[i];
            if (!LacksReasoning(message) || await FindAsync(tenant, message, cancellationToken) is not { } pieces)
                continue;
            messages ??= [.. request.Messages];
            messages[i] = message with { Content = Weave(message.Content, pieces, vendor) };
        }
        return messages is null ? request : request with { Messages = messages };
    }

    /// <summary>Called tools, and brought no signed or encrypted reasoning of its own.</summary>
    private static bool LacksReasoning(Message message)
    {
        var calls = false;
        foreach (var part in message.Content)
        {
            switch (part)
            {
                case ContentPart.Thinking { Signature: not null } or ContentPart.RedactedThinking or ContentPart.ToolCall { Signature: not null }:
                    return false;
                case ContentPart.ToolCall:
                    calls = true;
                    break;
            }
        }
        return calls;
    }

    private async ValueTask<ReasoningPiece[]?> FindAsync(string tenant, Message message, CancellationToken cancellationToken)
    {
        foreach (var part in message.Content)
        {
            if (part is ContentPart.ToolCall { Id.Length: > 0 } call
                && await state.FindAsync(tenant, StateKind.Reasoning, call.Id, cancellationToken) is { } bytes
                && ReasoningPieces.Read(bytes) is { } pieces)
                return pieces;
        }
        return null;
    }

    private static List<ContentPart> Weave(IReadOnlyList<ContentPart> content, ReasoningPiece[] pieces, string vendor)
    {
        var first = Array.Find(pieces, p => p.IsCall)!.CallId;
        var woven = new List<ContentPart>(content.Count + pieces.Length);
        // A turn split over several messages gets its opening thoughts once, where its first call is.
        if (content.Any(p => p is ContentPart.ToolCall call && call.Id == first))
            woven.AddRange(Before(pieces, first!, vendor));
        foreach (var part in content)
        {
            switch (part)
            {
                // The same thoughts, as this client was shown them.
                case ContentPart.Thinking when woven.Count > 0 && woven[0] is ContentPart.Thinking or ContentPart.RedactedThinking:
                    break;
                case ContentPart.ToolCall call when Array.Find(pieces, p => p.CallId == call.Id) is { } kept:
                    if (call.Id != first)
                        woven.AddRange(Before(pieces, call.Id, vendor));
                    woven.Add(kept.Vendor == vendor && kept.Signature is not null ? call with { Signature = kept.Signature, Vendor = vendor } : call);
                    break;
                default:
                    woven.Add(part);
                    break;
            }
        }
        return woven;
    }

    /// <summary>The reasoning between the call before <paramref name="callId"/> and that call.</summary>
    private static IEnumerable<ContentPart> Before(ReasoningPiece[] pieces, string callId, string vendor)
    {
        var end = Array.FindIndex(pieces, p => p.CallId == callId);
        var start = end == 0 ? 0 : Array.FindLastIndex(pieces, end - 1, p => p.IsCall) + 1;
        foreach (var piece in pieces[start..end])
        {
            if (piece.Vendor != vendor)
                continue;
            yield return piece.Text is null ? new ContentPart.RedactedThinking(piece.Signature!, vendor) : new ContentPart.Thinking(piece.Text, piece.Signature, vendor);
        }
    }
}
