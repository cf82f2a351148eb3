using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiLive;

/// <summary>The strict pass over a session's first message.</summary>
internal static class SetupReader
{
    private const string Prefix = "models/";

    public static FactsResult Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new StrictJsonReader(message);
            try
            {
                return ReadMessage(ref reader);
            }
            finally
            {
                reader.Dispose();
            }
        }
        catch (Exception e) when (e is JsonRefusal or JsonException)
        {
            return StrictJson.Describe(e, message);
        }
    }

    private static RequestFacts ReadMessage(ref StrictJsonReader json)
    {
        string? model = null;
        ByteRange value = default;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw Missing();
        json.FoldCase();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("setup"u8))
            {
                json.RefuseVariantOf(["setup"]);
                json.SkipValue();
                continue;
            }
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw json.WrongType("an object");
            json.FoldCase();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("model"u8))
                {
                    model = json.ReadRequiredString("a non-empty string: models/NAME");
                    value = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
                }
                else
                {
                    json.RefuseVariantOf(["model"]);
                    json.SkipValue();
                }
            }
        }

        json.Read();
        if (model is null)
            throw Missing();
        return new RequestFacts
        {
            Model = model.StartsWith(Prefix, StringComparison.Ordinal) ? model[Prefix.Length..] : model,
            ModelValue = value,
            Stream = true,
            ClientWantsUsage = true,
            HasMedia = true,
        };
    }

    private static JsonRefusal Missing() => new(new BadRequest("missing_field", "The first message must be {\"setup\":{\"model\":\"models/NAME\"}}.", "setup.model"));
}
