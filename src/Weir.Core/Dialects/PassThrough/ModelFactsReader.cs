using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>The strict pass over a JSON body of which only the model matters here; the rest is the upstream's to judge.</summary>
internal static class ModelFactsReader
{
    private static readonly string[] Known = ["model", "stream", "prompt", "input", "n", "user", "quality", "size"];

    /// <param name="body">The client's body.</param>
    /// <param name="defaultModel">What the API takes when no model is named, or null when one must be.</param>
    /// <param name="isSpoken">The input is text to be spoken: its characters are counted.</param>
    public static FactsResult Read(ReadOnlySpan<byte> body, string? defaultModel, bool isSpoken = false) =>
        StrictBody.Read(body, (defaultModel, isSpoken), Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, (string? DefaultModel, bool IsSpoken) wanted)
    {
        string? model = null, user = null, quality = null, size = null;
        ByteRange modelValue = default;
        var objects = new ObjectNames();
        var (stream, text, characters, choices) = (false, 0L, 0L, 1L);
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
            {
                model = json.ReadRequiredString("a non-empty string: the model's name");
                modelValue = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                stream = json.ReadOptionalBool() ?? false;
            }
            else if (json.ValueTextEquals("prompt"u8) || json.ValueTextEquals("input"u8))
            {
                var value = json.SkipValue();
                text += value.Length;
                if (wanted.IsSpoken && json.TokenType == JsonTokenType.String)
                    characters += json.GetString().EnumerateRunes().Count();
            }
            else if (json.ValueTextEquals("quality"u8))
            {
                quality = json.ReadOptionalString();
            }
            else if (json.ValueTextEquals("size"u8))
            {
                size = json.ReadOptionalString();
            }
            else if (json.ValueTextEquals("n"u8))
            {
                choices = json.ReadOptionalCount(1) ?? 1;
            }
            else if (json.ValueTextEquals("images"u8) || json.ValueTextEquals("image"u8) || json.ValueTextEquals("mask"u8))
            {
                objects.Within(ref json);
            }
            else if (json.ValueTextEquals("user"u8))
            {
                user = json.ReadOptionalString();
            }
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        return new RequestFacts
        {
            Model = model ?? wanted.DefaultModel ?? throw new JsonRefusal(new BadRequest("missing_field", "'model' is required: the model's name.", "model")),
            ModelValue = modelValue,
            FirstMemberOffset = firstMember,
            Stream = stream,
            ClientWantsUsage = true,
            Choices = (int)Math.Min(choices, int.MaxValue),
            PromptTextBytes = text,
            UserId = user,
            ImageKind = ImageKinds.Of(quality, size),
            Characters = characters,
            NamedObjects = objects.All,
            AnswerDecidesStream = true,
        };
    }
}
