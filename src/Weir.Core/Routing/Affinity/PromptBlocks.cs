using System.Buffers.Binary;
using System.Text;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// Hashes of how a prompt begins, each over all that stands before it (a chain), so that two prompts share exactly the
/// hashes of what they have in common from the start. Works on the bytes the client sent: its next turn repeats them and
/// goes on. 64 bit multiply-and-fold; no cryptography, because a collision costs a warm cache and never an answer.
/// </summary>
public static class PromptBlocks
{
    /// <summary>Bytes of one block: about 128 tokens of English.</summary>
    public const int BlockBytes = 512;

    /// <summary>What lies behind is not hashed: 2 MiB, about 500,000 tokens.</summary>
    public const int MostBlocks = 4096;

    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    /// <summary>Where a chain starts: prompts to different models share nothing.</summary>
    public static ulong Seed(string text)
    {
        Span<byte> small = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(text, small, out var written) ? Chain(First, small[..written]) : Chain(First, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// The prompt in blocks of <see cref="BlockBytes"/>, shortest beginning first. What is stable (tools, system prompt) ends
    /// in a block of its own; what is left over at the very end belongs to none.
    /// </summary>
    /// <param name="body">A JSON request, strictly read before.</param>
    /// <param name="seed">See <see cref="Seed"/>.</param>
    /// <param name="into">Hashes are appended.</param>
    public static void AddBlocks(ReadOnlySpan<byte> body, ulong seed, List<ulong> into)
    {
        var parts = PromptParts.Find(body);
        var hash = seed;
        var end = into.Count + MostBlocks;
        foreach (var range in parts.Stable)
            hash = AddPart(body.Slice(range.Start, range.Length), hash, withRest: true, end, into);
        if (parts.Conversation is { Length: > 0 } conversation)
            AddPart(body.Slice(conversation.Start, conversation.Length), hash, withRest: false, end, into);
    }

    /// <summary>The prompt's natural beginnings, shortest first: what is stable (tools, system prompt), then turn by turn.</summary>
    /// <inheritdoc cref="AddBlocks(ReadOnlySpan{byte}, ulong, List{ulong})"/>
    public static void AddTurns(ReadOnlySpan<byte> body, ulong seed, List<ulong> into)
    {
        var parts = PromptParts.Find(body);
        var hash = seed;
        foreach (var range in parts.Stable)
            hash = Chain(hash, body.Slice(range.Start, range.Length));
        if (parts.Stable.Count > 0)
            into.Add(hash);
        foreach (var turn in PromptParts.Turns(body, parts.Conversation))
        {
            hash = Chain(hash, body.Slice(turn.Start, turn.Length));
            into.Add(hash);
        }
    }

    /// <summary>The chain one link longer.</summary>
    public static ulong Chain(ulong hash, ReadOnlySpan<byte> bytes)
    {
        var length = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), First);
            bytes = bytes[sizeof(ulong)..];
        }
        ulong rest = 0;
        foreach (var b in bytes)
            rest = (rest << 8) | b;
        return Fold(hash ^ rest, Second) ^ Fold(length + First, Second);
    }

    private static ulong AddPart(ReadOnlySpan<byte> part, ulong hash, bool withRest, int end, List<ulong> into)
    {
        while (part.Length >= BlockBytes && into.Count < end)
        {
            hash = Chain(hash, part[..BlockBytes]);
            into.Add(hash);
            part = part[BlockBytes..];
        }
        if (!withRest || part.IsEmpty || into.Count >= end)
            return hash;
        hash = Chain(hash, part);
        into.Add(hash);
        return hash;
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
