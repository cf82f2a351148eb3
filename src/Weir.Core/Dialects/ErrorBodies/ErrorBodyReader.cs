using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Dialects.ErrorBodies;

/// <summary>
/// Understands error bodies of every provider, whatever its dialect (wire notes §11): proxies, compatible servers and
/// clouds answer in shapes that are not the dialect's own. Never throws.
/// </summary>
public static class ErrorBodyReader
{
    private const int LongestMessage = 2_000;

    public static UpstreamFailure Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var document = JsonElement.ParseValue(ref reader);
            // A JSON array around the error: Google's streaming endpoints.
            if (document.ValueKind == JsonValueKind.Array && document.GetArrayLength() > 0)
                document = document[0];
            return FromDocument(status, document);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new UpstreamFailure(status, null, null, null); // HTML, plain text, empty, cut.
        }
    }

    /// <summary>The value of an <c>error</c> member met inside a stream: an object, or just text.</summary>
    public static UpstreamFailure FromErrorValue(JsonElement error)
    {
        try
        {
            return FromParts(0, default, error);
        }
        catch (InvalidOperationException)
        {
            return new UpstreamFailure(0, null, null, null);
        }
    }

    private static UpstreamFailure FromDocument(int status, JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
            return new UpstreamFailure(status, null, null, document.ValueKind == JsonValueKind.String ? Text(document) : null);
        return document.TryGetProperty("error"u8, out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String
            ? FromParts(status, document, error)
            : FromParts(status, default, document);
    }

    private static UpstreamFailure FromParts(int status, JsonElement outer, JsonElement error)
    {
        // {code, error: "text"} (xAI) and {error: "text"} (Venice): the code stands outside.
        if (error.ValueKind != JsonValueKind.Object)
            return new UpstreamFailure(status, null, Word(outer, "code"u8), Text(error));
        var code = Word(error, "code"u8);
        var type = Word(error, "type"u8) ?? StringOf(error, "status"u8) ?? Word(error, "__type"u8);
        if (type == "object" || type == "error")
            type = null;
        var message = Message(error) ?? Message(outer);
        return new UpstreamFailure(status != 0 ? status : StatusInside(error), type, code, message) { RetryAfter = RetryHint(error, outer) };
    }

    private static string? Message(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in (ReadOnlySpan<string>)["message", "Message", "detail", "error"])
        {
            if (!element.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind is JsonValueKind.String)
                return Text(value);
            // FastAPI: detail is a list of {loc, msg, type}; Mistral nests {message: {detail: [...]}}.
            if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object && name != "error")
                return Cut(value.GetRawText());
        }

        return null;
    }

    private static int StatusInside(JsonElement error)
    {
        foreach (var name in (ReadOnlySpan<string>)["status_code", "status", "code", "raw_status_code"])
        {
            if (!error.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 100 and <= 599)
                return number;
            if (value.ValueKind == JsonValueKind.String
                && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 100 and <= 599)
                return number;
        }

        return 0;
    }

    // Body hints: retry_after (seconds) beside the message, Google's RetryInfo.retryDelay ("17s") in details.
    private static TimeSpan? RetryHint(JsonElement error, JsonElement outer)
    {
        if (Seconds(error, "retry_after"u8) is { } own)
            return own;
        if (outer.ValueKind == JsonValueKind.Object && Seconds(outer, "retry_after"u8) is { } outside)
            return outside;
        if (!error.TryGetProperty("details"u8, out var details) || details.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object && Seconds(detail, "retryDelay"u8) is { } delay)
                return delay;
        }

        return null;
    }

    private static TimeSpan? Seconds(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        decimal seconds;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (!value.TryGetDecimal(out seconds))
                return null;
        }
        else if (value.ValueKind != JsonValueKind.String || !decimal.TryParse(value.GetString().AsSpan().TrimEnd('s'),
                     NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds))
        {
            return null;
        }

        return seconds is > 0 and < 86_400 ? TimeSpan.FromMilliseconds((long)(seconds * 1000)) : null;
    }

    private static string? Word(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => Text(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    private static string? StringOf(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? Cut(value.GetString()!) : null;

    private static string Cut(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage];
}
