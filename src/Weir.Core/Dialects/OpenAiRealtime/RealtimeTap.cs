using System.Text.Json;
using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiRealtime;

/// <summary>Finds <c>response.created</c> and <c>response.done</c> by the type near a message's start; sound and text deltas go by unread.</summary>
internal sealed class RealtimeTap : ISessionTap
{
    /// <summary>The type stands first or after a short event id.</summary>
    private const int Near = 256;

    public bool IsAnswering { get; private set; }

    public bool Wants(ReadOnlySpan<byte> start)
    {
        var head = start[..Math.Min(Near, start.Length)];
        var at = head.IndexOf("\"response."u8);
        if (at < 0)
            return false;
        var rest = head[(at + 10)..];
        if (rest.StartsWith("created\""u8))
            IsAnswering = true;
        return rest.StartsWith("done\""u8);
    }

    public SessionAnswer? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var json = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref json);
            var root = document.RootElement;
            // The words may have stood in a text: only an event of this type ends an answer.
            if (Text(root, "type") != "response.done" || !root.TryGetProperty("response"u8, out var response))
                return null;
            IsAnswering = false;
            return new SessionAnswer(
                response.ValueKind == JsonValueKind.Object && response.TryGetProperty("usage"u8, out var usage) ? MediaUsage.Read(usage, MediaKind.Text) : null,
                Text(response, "id"), Text(response, "status"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
