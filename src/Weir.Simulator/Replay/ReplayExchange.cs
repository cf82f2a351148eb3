using System.Text;
using System.Text.Json;
using Weir.Simulator.Json;

namespace Weir.Simulator.Replay;

/// <summary>
/// One recorded HTTP exchange. Bodies are the recorded bytes; a <c>gzip</c> body is still packed, as its
/// <c>content-encoding</c> says. Header names are lower case, in recorded order, repeated where they were repeated.
/// </summary>
public sealed record ReplayExchange
{
    /// <summary>Unique over all files and safe in a URL.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the recording in its source; exchanges of one file with rising <see cref="Sequence"/> are turns.</summary>
    public string File { get; init; } = "";

    public int Sequence { get; init; }

    public string Provider { get; init; } = "";

    /// <summary>Dialect and operation, as <c>openai.chat</c>.</summary>
    public string Api { get; init; } = "";

    public string Method { get; init; } = "POST";

    public string Host { get; init; } = "";

    /// <summary>As sent, percent-encoding kept.</summary>
    public string Path { get; init; } = "";

    public string? Query { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; } = [];

    public ReadOnlyMemory<byte> RequestBody { get; init; }

    public required int Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>The response is SSE, lines of JSON, an AWS event stream or a streamed array.</summary>
    public bool Stream { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Reads one line of a recording.</summary>
    /// <exception cref="FormatException">The line is not a recorded exchange.</exception>
    public static ReplayExchange Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new ReplayExchange
            {
                Id = root.GetProperty("id").GetString()!,
                File = root.Text("file") ?? "",
                Sequence = root.Get("seq")?.GetInt32() ?? 0,
                Provider = root.Text("provider") ?? "",
                Api = root.Text("api") ?? "",
                Method = root.Text("method") ?? "POST",
                Host = root.Text("host") ?? "",
                Path = root.Text("path") ?? "",
                Query = root.Text("query"),
                RequestHeaders = Headers(root, "requestHeaders"),
                RequestBody = Body(root, "requestBody"),
                Status = root.GetProperty("status").GetInt32(),
                ResponseHeaders = Headers(root, "responseHeaders"),
                ResponseBody = Body(root, "responseBody"),
                Stream = root.IsTrue("stream"),
                Tags = [.. root.Items("tags").Select(tag => tag.GetString()!)],
                Notes = [.. root.Items("notes").Select(note => note.GetString()!)],
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Not a recorded exchange: {error.Message}", error);
        }
    }

    private static List<KeyValuePair<string, string>> Headers(JsonElement root, string name) =>
        [.. root.Items(name).Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString() ?? ""))];

    private static byte[] Body(JsonElement root, string name) =>
        root.Get(name + "Base64")?.GetBytesFromBase64() ?? Encoding.UTF8.GetBytes(root.Text(name) ?? "");
}
