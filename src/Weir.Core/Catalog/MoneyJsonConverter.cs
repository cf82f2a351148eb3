using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Core.Catalog;

/// <summary>
/// <see cref="Money"/> as a JSON string of decimal dollars. Not a number: many readers turn numbers into doubles.
/// </summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Money.TryParse(reader.GetString(), out var money)
            ? money
            : throw new JsonException("Expected a string of decimal dollars, such as \"0.001234\".");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToDecimalString());
}
