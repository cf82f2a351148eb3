using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Measures a <c>delta</c> or <c>message</c>: is there content, and how much.</summary>
internal static class ChatMessageScan
{
    public static void Read(ref Utf8JsonReader json, ref ChatScan scan)
    {
        if (!ChatScan.Enter(ref json, JsonTokenType.StartObject))
            return;
        long reasoning = 0, details = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("content"u8))
                ReadContent(ref json, ref scan);
            else if (json.ValueTextEquals("refusal"u8))
                scan.TextBytes += Text(ref json);
            else if (json.ValueTextEquals("reasoning_content"u8) || json.ValueTextEquals("reasoning"u8))
                reasoning = Math.Max(reasoning, Text(ref json));
            else if (json.ValueTextEquals("reasoning_details"u8))
                details = Strings(ref json);
            else if (json.ValueTextEquals("tool_calls"u8))
                ReadCalls(ref json, ref scan);
            else if (json.ValueTextEquals("function_call"u8) || json.ValueTextEquals("audio"u8))
                ReadObject(ref json, ref scan);
            else
                ChatScan.Skip(ref json);
        }

        // The same thoughts come in two members (OpenRouter): count them once.
        scan.ReasoningBytes += reasoning != 0 ? reasoning : details;
        scan.HasContent |= scan.TextBytes > 0 || reasoning > 0 || details > 0;
    }

    private static void ReadContent(ref Utf8JsonReader json, ref ChatScan scan)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            scan.TextBytes += Length(ref json);
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        // Parts (Mistral): {type:text,text} and {type:thinking,thinking:[{type:text,text}]}.
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            scan.HasContent = true;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("text"u8))
                    scan.TextBytes += Text(ref json);
                else if (json.ValueTextEquals("thinking"u8))
                    scan.ReasoningBytes += Strings(ref json);
                else
                    ChatScan.Skip(ref json);
            }
        }
    }

    private static void ReadCalls(ref Utf8JsonReader json, ref ChatScan scan)
    {
        if (!ChatScan.Enter(ref json, JsonTokenType.StartArray))
            return;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            scan.HasContent = true;
            scan.TextBytes += StringsHere(ref json);
        }
    }

    private static void ReadObject(ref Utf8JsonReader json, ref ChatScan scan)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        scan.HasContent = true;
        scan.TextBytes += StringsHere(ref json);
    }

    private static long Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return Length(ref json);
        json.Skip();
        return 0;
    }

    private static long Length(ref Utf8JsonReader json) =>
        json.ValueIsEscaped ? JsonText.DecodedLength(json.ValueSpan) : json.ValueSpan.Length;

    private static long Strings(ref Utf8JsonReader json)
    {
        json.Read();
        return StringsHere(ref json);
    }

    // Texts within a value that carry model output: text, thinking, summary, data, name, arguments, transcript.
    private static long StringsHere(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
            return Length(ref json);
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return 0;
        long bytes = 0;
        var depth = json.CurrentDepth;
        var counts = false;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName)
                counts = IsOutput(ref json);
            else if (json.TokenType == JsonTokenType.String && counts)
                bytes += Length(ref json);
        }

        return bytes;
    }

    private static bool IsOutput(ref Utf8JsonReader json) =>
        json.ValueTextEquals("arguments"u8) || json.ValueTextEquals("name"u8) || json.ValueTextEquals("text"u8)
        || json.ValueTextEquals("thinking"u8) || json.ValueTextEquals("summary"u8) || json.ValueTextEquals("transcript"u8)
        || json.ValueTextEquals("data"u8);
}
