using System.Text;
using Weir.Load.Mock;

namespace Weir.Load.Run;

/// <summary>Builds the requests a run repeats.</summary>
internal static class RequestBytes
{
    internal static byte[] Build(Uri url, IReadOnlyList<string> headers, string body)
    {
        StringBuilder text = new();
        text.Append("POST ").Append(url.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(url.Authority)
            .Append("\r\nContent-Type: application/json\r\nAccept: */*\r\n");
        foreach (var header in headers)
            text.Append(header).Append("\r\n");
        text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n\r\n").Append(body);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <param name="dialect">`chat`, `messages`, `responses` or `gemini`.</param>
    /// <param name="model">The model name the gateway routes on.</param>
    /// <param name="promptBytes">Length of the one user message.</param>
    /// <param name="stream">Whether to ask for a stream, with usage.</param>
    /// <param name="chunks">Content chunks asked of the mock.</param>
    /// <param name="paceMilliseconds">Time between them; 0 is back to back.</param>
    /// <param name="tickMilliseconds">Chunks leave on multiples of this; 0 is at any time.</param>
    internal static string Body(string dialect, string model, int promptBytes, bool stream, int chunks, double paceMilliseconds, double tickMilliseconds)
    {
        var prompt = Prompt(stream ? MockOrder.Marker(chunks, paceMilliseconds, tickMilliseconds) : "", promptBytes);
        var messages = $$"""[{"role":"user","content":"{{prompt}}"}]""";
        var streaming = stream ? ",\"stream\":true" : "";
        return dialect switch
        {
            "messages" => $$"""{"model":"{{model}}","max_tokens":256{{streaming}},"messages":{{messages}}}""",
            "responses" => $$"""{"model":"{{model}}","max_output_tokens":256,"store":false{{streaming}},"input":{{messages}}}""",
            // Model and stream stand in the path.
            "gemini" => $$$"""{"contents":[{"role":"user","parts":[{"text":"{{{prompt}}}"}]}],"generationConfig":{"maxOutputTokens":256}}""",
            _ => $$$"""{"model":"{{{model}}}","max_tokens":256{{{streaming}}}{{{(stream ? ",\"stream_options\":{\"include_usage\":true}" : "")}}},"messages":{{{messages}}}}""",
        };
    }

    private static string Prompt(string start, int length)
    {
        StringBuilder text = new(start);
        while (text.Length < length)
            text.Append("Which way does the water run when the weir is closed at night? ");
        text.Length = Math.Max(length, start.Length);
        return text.ToString();
    }
}
