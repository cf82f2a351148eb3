using System.Text;
using System.Text.Json;

namespace Weir.Tests.Support;

/// <summary>What a client got, read to the end of the connection or of the body.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool Clean)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? RequestId => Headers.GetValueOrDefault("x-weir-request-id");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The <c>data:</c> payloads of a stream.</summary>
    public IReadOnlyList<string> Events =>
        [.. Text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].TrimStart(' '))];

    /// <summary>The stream ended in its dialect's end marker.</summary>
    public bool HasEndMarker => Events.Any(e => e == "[DONE]" || e.Contains("\"type\":\"message_stop\"", StringComparison.Ordinal));

    /// <summary>The error object of the body, or of the stream's last event; undefined when there is none.</summary>
    public JsonElement Error
    {
        get
        {
            var text = Headers.GetValueOrDefault("content-type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true
                ? Events.LastOrDefault(e => e != "[DONE]") ?? "{}" : Text;
            try
            {
                var root = JsonDocument.Parse(text).RootElement;
                return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) ? error : default;
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }

    public bool HasError => Error.ValueKind == JsonValueKind.Object;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var clean = true;
        try
        {
            await response.Content.CopyToAsync(bytes, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            clean = false;
        }

        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, bytes.ToArray(), clean);
    }

    public override string ToString() => $"{Status}{(Clean ? "" : " (broken off)")}: {Text}";
}
