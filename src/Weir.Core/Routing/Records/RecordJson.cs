using System.Text.Json;

namespace Weir.Core.Routing.Records;

/// <summary>Members of records that are left out when they say nothing, and cut when they are long.</summary>
public static class RecordJson
{
    /// <summary>A text of at most <paramref name="limit"/> characters; nothing for null.</summary>
    public static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value, int limit = RecordLimits.Name)
    {
        if (value is not null)
            json.WriteString(name, Cut(value, limit));
    }

    /// <summary>Nothing for false.</summary>
    public static void Flag(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
            json.WriteBoolean(name, true);
    }

    /// <summary>Nothing for zero.</summary>
    public static void Count(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    /// <summary>Milliseconds with two decimals; nothing for null.</summary>
    public static void Milliseconds(Utf8JsonWriter json, ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is { } span)
            json.WriteNumber(name, Math.Round(span.TotalMilliseconds, 2));
    }

    /// <summary>The beginning of a text, never half a character of two code units.</summary>
    public static ReadOnlySpan<char> Cut(string text, int limit) =>
        text.Length <= limit ? text : text.AsSpan(0, char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit);
}
