using System.Text.Json;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Signatures;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Walks <c>input</c>: counts items, text and media, and finds reasoning that another vendor made.</summary>
internal static class InputFacts
{
    private static readonly string[] ItemNames =
        ["type", "role", "content", "id", "call_id", "name", "arguments", "output", "input", "summary", "encrypted_content", "status"];

    private static readonly string[] PartNames =
        ["type", "text", "image_url", "file_id", "file_data", "file_url", "filename", "detail", "refusal", "input_audio"];

    public static void Read(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            AddText(ref json, ref prompt);
            prompt.Items = json.TokenType == JsonTokenType.String ? 1 : 0;
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("a string or an array of items");
        var cuts = new ItemCuts();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
                throw json.WrongType("an item object");
            prompt.Items++;
            var start = json.TokenStart;
            var isForeign = ReadItem(ref json, ref prompt);
            cuts.Add(new ByteRange(start, json.TokenEnd - start), isForeign);
        }

        prompt.Cuts = cuts.ToSplices();
    }

    /// <summary>A member that is a string or null; <c>instructions</c> may be items in an answer that is sent back.</summary>
    public static void ReadText(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Null)
            AddText(ref json, ref prompt);
        else
            prompt.TextBytes += json.SkipValue().Length;
    }

    /// <summary>True for reasoning that Weir showed this client and that came from a vendor of another dialect.</summary>
    private static bool ReadItem(ref StrictJsonReader json, ref PromptTally prompt)
    {
        var isForeign = false;
        json.FoldCase();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("content"u8) || json.ValueTextEquals("output"u8) || json.ValueTextEquals("summary"u8))
            {
                ReadContent(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("arguments"u8) || json.ValueTextEquals("input"u8))
            {
                ReadText(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("encrypted_content"u8))
            {
                json.Read();
                isForeign |= json.TokenType == JsonTokenType.String && json.ValueSpan.StartsWith(SealedSignature.Mark);
                json.SkipValue();
            }
            else if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                prompt.HasReference |= json.TokenType == JsonTokenType.String && json.ValueTextEquals("item_reference"u8);
                json.SkipValue();
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                isForeign |= json.TokenType == JsonTokenType.String && json.ValueSpan.StartsWith(ItemIds.ReasoningMark);
                json.SkipValue();
            }
            else
            {
                json.RefuseVariantOf(ItemNames);
                json.SkipValue();
            }
        }

        return isForeign;
    }

    private static void ReadContent(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.Null:
                AddText(ref json, ref prompt);
                break;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (json.TokenType == JsonTokenType.StartObject)
                        ReadPart(ref json, ref prompt);
                    else
                        json.SkipValue();
                }

                break;
            default:
                prompt.Objects.Within(ref json); // A computer's screenshot and the like.
                break;
        }
    }

    private static void ReadPart(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.FoldCase();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("text"u8) || json.ValueTextEquals("refusal"u8))
            {
                ReadText(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("image_url"u8) || json.ValueTextEquals("input_audio"u8)
                || json.ValueTextEquals("file_data"u8) || json.ValueTextEquals("file_url"u8))
            {
                prompt.HasMedia = true;
                json.SkipValue();
            }
            else if (json.ValueTextEquals("file_id"u8))
            {
                prompt.HasMedia = true;
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
    }
}
