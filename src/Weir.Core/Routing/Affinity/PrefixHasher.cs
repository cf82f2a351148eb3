using System.Text.Json;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// Hashes of the beginnings that a prompt shares with the calls before it: what a provider's prompt cache and an engine's
/// KV cache go by. One pass over the body of any JSON dialect, by the names that dialects give to system prompt, tools and
/// turns. White space and marks for caching do not count, for clients move the marks from turn to turn.
/// </summary>
public static class PrefixHasher
{
    /// <summary>Beginnings told apart, at most: further turns belong to the last.</summary>
    public const int MostPrefixes = 128;

    /// <summary>Conversations need not nest; answers of tools may.</summary>
    private const int MaxDepth = 512;

    /// <summary>The prefixes of a body; none for one that is not a JSON object.</summary>
    /// <param name="body">Bytes the client sent.</param>
    /// <param name="seed">Stands for the tenant: nothing is shared across tenants.</param>
    public static PromptPrefixes Read(ReadOnlySpan<byte> body, ulong seed)
    {
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            return json.Read() && json.TokenType == JsonTokenType.StartObject ? ReadBody(ref json, seed) : PromptPrefixes.None;
        }
        catch (JsonException)
        {
            return PromptPrefixes.None;
        }
    }

    private static PromptPrefixes ReadBody(ref Utf8JsonReader json, ulong seed)
    {
        // Members may come in any order; each has its own part of the head.
        ulong head = 0, cacheKey = 0, conversation = 0, user = 0;
        var turns = new List<ulong>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (IsHead(ref json))
            {
                var name = StableHash.Add(seed, json.ValueSpan);
                json.Read();
                if (!IsEmpty(ref json))
                    head ^= Value(ref json, name, out _);
                else
                    json.Skip();
            }
            else if (IsTurns(ref json))
            {
                json.Read();
                ReadTurns(ref json, seed, turns, ref head);
            }
            else if (json.ValueTextEquals("prompt_cache_key"u8))
            {
                cacheKey = ReadText(ref json, seed);
            }
            else if (json.ValueTextEquals("conversation"u8))
            {
                conversation = ReadReference(ref json, seed);
            }
            else if (json.ValueTextEquals("metadata"u8))
            {
                user = ReadMember(ref json, "user_id"u8, seed);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
        var session = cacheKey != 0 ? cacheKey : conversation != 0 ? conversation : user;
        return new PromptPrefixes(session == 0 ? null : session, Chain(seed, head, turns));
    }

    private static List<ulong> Chain(ulong seed, ulong head, List<ulong> turns)
    {
        var prefixes = new List<ulong>(turns.Count + 1);
        var hash = StableHash.Mix(seed, head);
        if (head != 0)
            prefixes.Add(hash);
        foreach (var turn in turns)
        {
            hash = StableHash.Mix(hash, turn);
            if (prefixes.Count < MostPrefixes)
                prefixes.Add(hash);
        }
        return prefixes;
    }

    private static bool IsHead(ref Utf8JsonReader json) =>
        json.ValueTextEquals("system"u8) || json.ValueTextEquals("tools"u8) || json.ValueTextEquals("instructions"u8) || json.ValueTextEquals("functions"u8)
        || json.ValueTextEquals("systemInstruction"u8) || json.ValueTextEquals("system_instruction"u8) || json.ValueTextEquals("toolConfig"u8)
        || json.ValueTextEquals("cachedContent"u8);

    private static bool IsTurns(ref Utf8JsonReader json) =>
        json.ValueTextEquals("messages"u8) || json.ValueTextEquals("input"u8) || json.ValueTextEquals("contents"u8) || json.ValueTextEquals("prompt"u8);

    private static bool IsEmpty(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Null)
            return true;
        var next = json;
        return json.TokenType switch
        {
            JsonTokenType.String => json.ValueSpan.IsEmpty,
            JsonTokenType.StartArray => next.Read() && next.TokenType == JsonTokenType.EndArray,
            _ => false,
        };
    }

    private static void ReadTurns(ref Utf8JsonReader json, ulong seed, List<ulong> turns, ref ulong head)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            turns.Add(Value(ref json, seed, out _));
            return;
        }
        var leads = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var hash = Value(ref json, seed, out var isSystem);
            // Where the system prompt is a message, it is one of the first.
            if (isSystem && turns.Count == 0)
                head ^= StableHash.Mix(hash, (ulong)++leads);
            else
                turns.Add(hash);
        }
    }

    /// <summary>Hash of the value at the reader, by its tokens; the reader ends at its last one.</summary>
    private static ulong Value(ref Utf8JsonReader json, ulong seed, out bool isSystem)
    {
        isSystem = false;
        var hash = seed;
        var depth = json.CurrentDepth;
        do
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("cache_control"u8))
                {
                    json.Read();
                    json.Skip();
                    continue;
                }
                if (json.CurrentDepth == depth + 1 && json.ValueTextEquals("role"u8))
                {
                    var role = json;
                    isSystem = role.Read() && role.TokenType == JsonTokenType.String && (role.ValueTextEquals("system"u8) || role.ValueTextEquals("developer"u8));
                }
            }
            hash = StableHash.Add(hash ^ (ulong)json.TokenType, json.ValueSpan);
            if (json.CurrentDepth == depth && json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                break;
        }
        while (json.Read());
        return hash;
    }

    private static ulong ReadText(ref Utf8JsonReader json, ulong seed)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String && !json.ValueSpan.IsEmpty)
            return StableHash.Add(seed, json.ValueSpan);
        json.Skip();
        return 0;
    }

    /// <summary>An id, or an object that holds it.</summary>
    private static ulong ReadReference(ref Utf8JsonReader json, ulong seed)
    {
        var value = json;
        value.Read();
        return value.TokenType == JsonTokenType.StartObject ? ReadMember(ref json, "id"u8, seed) : ReadText(ref json, seed);
    }

    private static ulong ReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ulong seed)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return 0;
        }
        var found = 0UL;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(name))
            {
                found = ReadText(ref json, seed);
                continue;
            }
            json.Read();
            json.Skip();
        }
        return found;
    }
}
