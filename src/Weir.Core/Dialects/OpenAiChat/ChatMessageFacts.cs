using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Walks <c>messages</c>: counts them, their text and their media.</summary>
internal static class ChatMessageFacts
{
    private static readonly string[] MessageNames =
        ["role", "content", "name", "tool_calls", "tool_call_id", "refusal", "reasoning_content", "function_call"];

    private static readonly string[] PartNames = ["type", "text", "image_url", "input_audio", "file", "file_id", "refusal"];

    public static void Read(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("an array of messages");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
                throw json.WrongType("a message object");
            prompt.Messages++;
            ReadMessage(ref json, ref prompt);
        }
    }

    private static void ReadMessage(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.FoldCase();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("content"u8))
            {
                ReadContent(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("role"u8))
            {
                json.ReadRequiredString("a string: system, developer, user, assistant or tool", keep: false);
            }
            else if (json.ValueTextEquals("refusal"u8) || json.ValueTextEquals("reasoning_content"u8))
            {
                json.Read();
                AddText(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("tool_calls"u8) || json.ValueTextEquals("function_call"u8))
            {
                prompt.TextBytes += json.SkipValue().Length;
            }
            else
            {
                json.RefuseVariantOf(MessageNames);
                json.SkipValue();
            }
        }
    }

    private static void ReadContent(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.Null:
                AddText(ref json, ref prompt);
                return;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (json.TokenType != JsonTokenType.StartObject)
                        throw json.WrongType("a content part object");
                    ReadPart(ref json, ref prompt);
                }

                return;
            default:
                throw json.WrongType("a string, an array of content parts, or null");
        }
    }

    private static void ReadPart(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.FoldCase();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("text"u8) || json.ValueTextEquals("refusal"u8))
            {
                json.Read();
                AddText(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("image_url"u8) || json.ValueTextEquals("input_audio"u8))
            {
                prompt.HasMedia = true;
                json.SkipValue();
            }
            else if (json.ValueTextEquals("file"u8))
            {
                prompt.HasMedia = true;
                prompt.Objects.Within(ref json);
            }
            else if (json.ValueTextEquals("file_id"u8))
            {
                prompt.HasMedia = true; // Mistral's spelling.
                prompt.Objects.Reference(ref json, "file");
            }
            else
            {
                json.RefuseVariantOf(PartNames);
                json.SkipValue();
            }
        }
    }

    private static void AddText(ref StrictJsonReader json, ref PromptTally prompt)
    {
        if (json.TokenType == JsonTokenType.String)
            prompt.TextBytes += json.ValueIsEscaped ? JsonText.DecodedLength(json.ValueSpan) : json.ValueSpan.Length;
        else if (json.TokenType != JsonTokenType.Null)
            throw json.WrongType("a string or null");
    }
}
