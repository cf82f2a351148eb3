using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>
/// Understands the error bodies of every provider seen (wire notes §11), whatever the dialect: proxies and gateways between
/// us and the provider answer in shapes of their own. Never throws; HTML and empty bodies give a failure without message.
/// </summary>
public static class UpstreamErrorReader
{
    private const int MaxMessageLength = 2000;

    /// <param name="status">HTTP status, or 0 for an error inside a stream (then a numeric code of the body stands in).</param>
    /// <param name="body">The body, or the payload of one stream event.</param>
    public static UpstreamFailure Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowTrailingCommas = true });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            // Google streams wrap the error in an array.
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
                root = root[0];
            return root.ValueKind switch
            {
                JsonValueKind.Object => ReadObject(status, root),
                JsonValueKind.String => new UpstreamFailure(status, null, null, Shorten(Text(root))),
                _ => new UpstreamFailure(status, null, null, null),
            };
        }
        catch (JsonException)
        {
            return new UpstreamFailure(status, null, null, null);
        }
    }

    private static UpstreamFailure ReadObject(int status, JsonElement root)
    {
        bool nested = root.TryGetProperty("error"u8, out JsonElement error) && error.ValueKind == JsonValueKind.Object;
        JsonElement holder = nested ? error : root;
        string? type = Text(holder, "type"u8) ?? Text(holder, "status"u8);
        string? code = Text(holder, "code"u8) ?? (nested ? Text(root, "code"u8) : null);
        string? message = Text(holder, "message"u8)
            ?? (error.ValueKind == JsonValueKind.String ? Text(error) : null)
            ?? Detail(holder)
            ?? (nested ? Text(root, "message"u8) ?? Detail(root) : null);
        // Anthropic's envelope says only that it is an error.
        if (!nested && type == "error")
            type = null;
        if (status == 0 && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and < 600)
            status = number;
        return new UpstreamFailure(status, type, code, Shorten(message)) { RetryAfter = RetryDelay(holder) };
    }

    /// <summary><c>detail</c> of FastAPI servers: text, an object with a message, or a list of findings.</summary>
    private static string? Detail(JsonElement holder)
    {
        if (!holder.TryGetProperty("detail"u8, out JsonElement detail))
            return null;
        return detail.ValueKind switch
        {
            JsonValueKind.String => Text(detail),
            JsonValueKind.Object => Text(detail, "message"u8) ?? detail.GetRawText(),
            JsonValueKind.Array => string.Join("; ", detail.EnumerateArray().Select(Finding)),
            _ => null,
        };
    }

    private static string Finding(JsonElement finding)
        => finding.ValueKind == JsonValueKind.Object ? Text(finding, "msg"u8) ?? finding.GetRawText() : finding.ToString();

    /// <summary>Google's <c>RetryInfo</c>: <c>details[].retryDelay</c>, for example <c>"21.5s"</c>.</summary>
    private static TimeSpan? RetryDelay(JsonElement holder)
    {
        if (!holder.TryGetProperty("details"u8, out JsonElement details) || details.ValueKind != JsonValueKind.Array)
            return null;
        foreach (JsonElement entry in details.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object && Text(entry, "retryDelay"u8) is [.. var seconds, 's']
                && decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
                && value < 86_400)
                return TimeSpan.FromMilliseconds((long)(value * 1000));
        }

        return null;
    }

    private static string? Text(JsonElement holder, ReadOnlySpan<byte> name)
        => holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                try
                {
                    return value.GetString() is { Length: > 0 } text ? text : null;
                }
                catch (InvalidOperationException)
                {
                    return null;
                }

            case JsonValueKind.Number or JsonValueKind.Object:
                return value.GetRawText();
            default:
                return null;
        }
    }

    private static string? Shorten(string? message)
        => message is { Length: > MaxMessageLength } ? string.Concat(message.AsSpan(0, MaxMessageLength), "…") : message;
}
