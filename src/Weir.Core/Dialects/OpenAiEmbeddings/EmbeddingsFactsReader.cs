using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiEmbeddings;

/// <summary>The strict pass over an embeddings request.</summary>
internal static class EmbeddingsFactsReader
{
    // Inputs given as token ids: what such a token is worth in bytes of English text.
    private const int BytesPerToken = 4;

    private static readonly string[] Known = ["model", "input", "user", "dimensions", "encoding_format"];

    public static FactsResult Read(ReadOnlySpan<byte> body, string? modelInPath) =>
        StrictBody.Read(body, modelInPath, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, string? modelInPath)
    {
        string? model = modelInPath, user = null;
        ByteRange modelValue = default;
        var (inputs, bytes) = (0, 0L);
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
            {
                var named = json.ReadRequiredString("a non-empty string: the model's name");
                model = modelInPath ?? named;
                modelValue = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
            }
            else if (json.ValueTextEquals("input"u8))
            {
                (inputs, bytes) = ReadInput(ref json);
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

        if (model is null)
            throw new JsonRefusal(new BadRequest("missing_field", "'model' is required: the model's name.", "model"));
        if (inputs == 0)
            throw new JsonRefusal(new BadRequest("missing_field", "'input' is required: text or token ids, one or many.", "input"));
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            ModelInPath = modelInPath is not null,
            FirstMemberOffset = firstMember,
            ClientWantsUsage = true,
            MessageCount = inputs,
            PromptTextBytes = bytes,
            UserId = user,
        };
    }

    // string | string[] | int[] | int[][]; multimodal servers take objects too.
    private static (int Inputs, long Bytes) ReadInput(ref StrictJsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return (1, JsonText.DecodedLength(json.ValueSpan));
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("a string, an array of strings, an array of token ids, or an array of such arrays");
        var inputs = 0;
        var tokens = 0L;
        var bytes = 0L;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            switch (json.TokenType)
            {
                case JsonTokenType.String:
                    inputs++;
                    bytes += JsonText.DecodedLength(json.ValueSpan);
                    break;
                case JsonTokenType.Number:
                    tokens++;
                    break;
                case JsonTokenType.StartArray:
                    inputs++;
                    while (json.Read() && json.TokenType == JsonTokenType.Number)
                        bytes += BytesPerToken;
                    if (json.TokenType != JsonTokenType.EndArray)
                        throw json.WrongType("a token id");
                    break;
                case JsonTokenType.StartObject:
                    inputs++;
                    bytes += json.SkipValue().Length;
                    break;
                default:
                    throw json.WrongType("a string, a token id or an array of token ids");
            }
        }

        return tokens > 0 ? (inputs + 1, bytes + (tokens * BytesPerToken)) : (inputs, bytes);
    }
}
