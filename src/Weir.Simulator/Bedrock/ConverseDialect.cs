using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Bedrock;

/// <summary>Bedrock Converse and ConverseStream: a bearer key, or a valid signature of <see cref="SignatureCheck.KeyId"/>.</summary>
internal sealed class ConverseDialect(ulong seed, TimeProvider time) : IDialect
{
    public const string DialectName = "bedrock.converse";

    /// <summary>Where the hash of the body is kept for <see cref="Authenticate"/>.</summary>
    public const string BodyHash = "bedrock.body-sha256";

    private readonly ThinkingSeal _seal = new(seed);

    public string Name => DialectName;

    public static bool Serves(string path) =>
        path.Contains("/model/", StringComparison.Ordinal) && (path.EndsWith("/converse", StringComparison.Ordinal) || IsStream(path));

    public void Authenticate(HttpRequest request, string? requiredKey)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            SignatureCheck.Check(request, (string)request.HttpContext.Items[BodyHash]!, time.GetUtcNow());
        }
        else if (requiredKey is not null && header[7..].Trim() != requiredKey)
        {
            throw new ApiFault(403, "Authentication failed: Please make sure your API Key is valid.");
        }
    }

    public DialectRequest Read(HttpRequest request, JsonElement body)
    {
        var path = request.Path.Value!;
        var start = path.LastIndexOf("/model/", StringComparison.Ordinal) + 7;
        return ConverseRequestReader.Read(body, Uri.UnescapeDataString(path[start..path.LastIndexOf('/')]), IsStream(path), _seal);
    }

    public string StreamContentType(HttpRequest request) => "application/vnd.amazon.eventstream";

    public void WriteWhole(Reply reply, EventBuffer to) => ConverseWriter.Whole(reply, _seal, to);

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) => new ConverseStream(reply, _seal, to).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to) => BedrockErrors.Write(fault, to);

    public void WriteStreamError(HttpRequest request, EventBuffer to) =>
        BinaryFrame.Write("exception", "throttlingException", """{"message":"Too many tokens, please wait before trying again."}"""u8, to);

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) =>
        BedrockErrors.SetHeaders(headers, status, requestId, now);

    private static bool IsStream(string path) => path.EndsWith("/converse-stream", StringComparison.Ordinal);
}
