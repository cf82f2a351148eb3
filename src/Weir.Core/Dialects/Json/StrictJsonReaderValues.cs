using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Typed values of members: from the property name to the value, or a refusal that says what was expected.</summary>
internal static class StrictJsonReaderValues
{
    /// <param name="json">Stands on the property name.</param>
    /// <param name="expected">What belongs here, for the message.</param>
    /// <param name="keep">False when only the type matters: no string is made.</param>
    public static string ReadRequiredString(this ref StrictJsonReader json, string expected, bool keep = true)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.IsEmpty)
            throw json.WrongType(expected);
        return keep ? json.GetString() : "";
    }

    public static string? ReadOptionalString(this ref StrictJsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => json.GetString(),
            _ => throw json.WrongType("a string or null"),
        };
    }

    public static bool? ReadOptionalBool(this ref StrictJsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw json.WrongType("true, false or null"),
        };
    }

    /// <summary>A whole number of at least <paramref name="minimum"/>, or null.</summary>
    public static long? ReadOptionalCount(this ref StrictJsonReader json, long minimum)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var value) || value < minimum)
            throw json.WrongType(string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}, or null"));
        return value;
    }
}
