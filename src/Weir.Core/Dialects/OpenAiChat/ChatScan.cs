using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>What one pass over a chunk or a whole answer finds. Tolerant: what is malformed is not learnt.</summary>
internal struct ChatScan
{
    private static readonly string[] KnownTiers = ["default", "standard", "priority", "flex", "scale", "auto"];

    public string? Id;
    public string? Model;
    public string? ServiceTier;
    public string? FinishReason;
    public UsageCounters? Usage;
    public UpstreamFailure? Failure;

    /// <summary><c>choices</c> is there and has this many members; -1 when it is not.</summary>
    public int Choices;

    /// <summary><c>choices</c> is there, whatever it holds: no other dialect's answer has it.</summary>
    public bool NamesChoices;
    public int FinishedChoices;
    public bool HasContent;

    /// <summary>Perplexity's end marker: <c>"object":"chat.completion.done"</c> in place of <c>[DONE]</c>.</summary>
    public bool SaysDone;

    /// <summary>UTF-8 bytes of text and tool arguments, and of reasoning.</summary>
    public long TextBytes;
    public long ReasoningBytes;

    /// <summary>The top-level member <c>"usage":null</c>, from its name's quote to its value's end; or not present.</summary>
    public ByteRange NullUsage;
    public bool IsWellFormed;

    /// <param name="data">A chunk's payload or a whole body.</param>
    /// <param name="wantsIdentity">Read id and model as well (allocates their strings).</param>
    public static ChatScan Of(ReadOnlySpan<byte> data, bool wantsIdentity)
    {
        var scan = new ChatScan { Choices = -1 };
        try
        {
            var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
            scan.ReadTop(ref json, wantsIdentity);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Learnt so far is all there is to learn.
        }

        return scan;
    }

    private void ReadTop(ref Utf8JsonReader json, bool wantsIdentity)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("choices"u8))
            {
                NamesChoices = true;
                ReadChoices(ref json);
            }
            else if (json.ValueTextEquals("usage"u8))
                ReadUsage(ref json);
            else if (json.ValueTextEquals("x_groq"u8))
                ReadGroq(ref json);
            else if (json.ValueTextEquals("error"u8))
                ReadError(ref json);
            else if (json.ValueTextEquals("object"u8))
                SaysDone = json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals("chat.completion.done"u8);
            else if (wantsIdentity && json.ValueTextEquals("id"u8))
                Id = String(ref json);
            else if (wantsIdentity && json.ValueTextEquals("model"u8))
                Model = String(ref json);
            else if (json.ValueTextEquals("service_tier"u8))
                ServiceTier = Tier(ref json);
            else
                Skip(ref json);
        }

        IsWellFormed = json.TokenType == JsonTokenType.EndObject && !json.Read();
    }

    private void ReadUsage(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
            Usage = UsageCounters.Read(ref json);
        else if (json.TokenType == JsonTokenType.Null)
            NullUsage = new ByteRange(start, (int)json.BytesConsumed - start);
        else
            json.Skip();
    }

    private void ReadGroq(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartObject))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("usage"u8) && Usage is null)
            {
                if (Enter(ref json, JsonTokenType.StartObject))
                    Usage = UsageCounters.Read(ref json);
            }
            else
            {
                Skip(ref json);
            }
        }
    }

    private void ReadError(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null or JsonTokenType.False)
            return;
        Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
    }

    private void ReadChoices(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartArray))
            return;
        Choices = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            Choices++;
            var (text, reasoning) = (TextBytes, ReasoningBytes);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("delta"u8) || json.ValueTextEquals("message"u8))
                {
                    // Perplexity repeats the answer so far in "message" beside each delta, which comes last.
                    (TextBytes, ReasoningBytes) = (text, reasoning);
                    ChatMessageScan.Read(ref json, ref this);
                }
                else if (json.ValueTextEquals("finish_reason"u8))
                    ReadFinish(ref json);
                else if (json.ValueTextEquals("error"u8))
                    ReadError(ref json);
                else
                    Skip(ref json);
            }
        }
    }

    private void ReadFinish(ref Utf8JsonReader json)
    {
        // An empty word is none (observed on Snowflake).
        var word = String(ref json);
        if (string.IsNullOrEmpty(word))
            return;
        FinishReason ??= word;
        FinishedChoices++;
    }

    // It is in every chunk: the known words cost no string.
    private static string? Tier(ref Utf8JsonReader json)
    {
        var peek = json;
        if (!peek.Read() || peek.TokenType != JsonTokenType.String)
            return String(ref json);
        foreach (var word in KnownTiers)
        {
            if (peek.ValueTextEquals(word))
            {
                json = peek;
                return word;
            }
        }

        return String(ref json);
    }

    internal static string? String(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            return json.ValueIsEscaped && JsonText.HasLoneSurrogate(json.ValueSpan) ? null : json.GetString();
        }

        json.Skip();
        return null;
    }

    internal static bool Enter(ref Utf8JsonReader json, JsonTokenType wanted)
    {
        json.Read();
        if (json.TokenType == wanted)
            return true;
        json.Skip();
        return false;
    }

    internal static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
