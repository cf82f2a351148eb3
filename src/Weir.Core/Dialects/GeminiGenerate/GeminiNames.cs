using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Members by name. Protobuf's JSON takes both spellings of a field, <c>generationConfig</c> and <c>generation_config</c>
/// (protobuf.dev, ProtoJSON), at every level but inside free-form values (arguments, results, schemas).
/// </summary>
internal static class GeminiNames
{
    /// <summary>The name a field goes by in this code: lower camel case.</summary>
    public static string Camel(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal) || name[0] == '_')
            return name;
        Span<char> text = name.Length <= 128 ? stackalloc char[name.Length] : new char[name.Length];
        int length = 0;
        bool isNext = false;
        foreach (char c in name)
        {
            if (c == '_')
                isNext = true;
            else
            {
                text[length++] = isNext ? char.ToUpperInvariant(c) : c;
                isNext = false;
            }
        }

        return text[..length].ToString();
    }

    /// <summary>A member that is there and not <c>null</c>, in either spelling.</summary>
    public static bool TryField(this JsonElement element, string camel, out JsonElement value)
    {
        value = default;
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        if (!element.TryGetProperty(camel, out value) && !TrySnake(element, camel, out value))
            return false;
        return value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>A string field, or null when it is absent or no string.</summary>
    public static string? TextOf(this JsonElement element, string camel)
        => element.TryField(camel, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.Text() : null;

    /// <summary>A whole number, also as a string (protobuf spells 64-bit numbers so).</summary>
    public static long? WholeOf(this JsonElement element, string camel)
        => element.TryField(camel, out JsonElement value) ? Whole(value) : null;

    /// <inheritdoc cref="WholeOf"/>
    public static long? Whole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out long number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };

    public static bool IsTrue(this JsonElement element, string camel)
        => element.TryField(camel, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The items of an array, or the value itself.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    /// <summary>The items of a repeated field; Google's servers also take one value without its brackets.</summary>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement element, string camel)
    {
        return element.TryField(camel, out JsonElement value) ? value.Each() : [];
    }

    /// <summary>True when the reader stands on a field's name in either spelling.</summary>
    public static bool IsField(this ref StrictJsonReader reader, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake)
        => reader.ValueTextEquals(camel) || reader.ValueTextEquals(snake);

    // Runs for every field a chunk lacks: the name is spelt on the stack.
    private static bool TrySnake(JsonElement element, string camel, out JsonElement value)
    {
        Span<char> snake = stackalloc char[camel.Length * 2];
        int length = 0;
        foreach (char c in camel)
        {
            if (char.IsAsciiLetterUpper(c))
                snake[length++] = '_';
            snake[length++] = char.ToLowerInvariant(c);
        }

        value = default;
        return length > camel.Length && element.TryGetProperty(snake[..length], out value);
    }
}
