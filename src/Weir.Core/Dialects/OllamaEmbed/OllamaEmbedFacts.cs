using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaEmbed;

/// <summary>The strict pass over an embeddings request of either form.</summary>
internal static class OllamaEmbedFacts
{
    private static readonly string[] Known = ["model", "input", "prompt", "truncate", "options", "keep_alive", "dimensions"];

    public static FactsResult Read(ReadOnlySpan<byte> body, bool isOlder) =>
        StrictBody.Read(body, isOlder, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, bool isOlder)
    {
        var weight = new PromptWeight();
        string? model = null;
        ByteRange modelValue = default;
        var inputs = 0;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
                model = json.ReadModel(out modelValue);
            else if (json.ValueTextEquals(isOlder ? "prompt"u8 : "input"u8))
                inputs = ReadInput(ref json, ref weight, isOlder);
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            NativePath = isOlder ? "api/embeddings" : null,
            FirstMemberOffset = firstMember,
            ClientWantsUsage = true,
            MessageCount = inputs,
            PromptTextBytes = weight.TextBytes,
        };
    }

    // None at all loads the model.
    private static int ReadInput(ref StrictJsonReader json, ref PromptWeight weight, bool isOlder)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return 0;
        if (json.TokenType == JsonTokenType.String)
        {
            weight.AddValue(ref json, []);
            return 1;
        }

        if (isOlder || json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType(isOlder ? "a string" : "a string or an array of strings");
        var inputs = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.String)
                throw json.WrongType("a string");
            inputs++;
            weight.AddValue(ref json, []);
        }

        return inputs;
    }
}
