using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.PassThrough;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.GeminiLive;

/// <summary>
/// Gemini Live: a WebSocket whose first message, <c>{"setup":{"model":"models/…"}}</c>, names the model; usage in
/// <c>usageMetadata</c>.
/// </summary>
public sealed class GeminiLiveDialect : PassThroughDialect, ISessionDialect
{
    private const string Prefix = "models/";

    /// <inheritdoc/>
    public override string Name => "gemini-live";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent", Operation.Realtime) { Method = "GET" },
        new("/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContent", Operation.Realtime) { Method = "GET" },
    ];

    /// <inheritdoc/>
    public bool ModelInFirstMessage => true;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => SetupReader.Read(body);

    /// <inheritdoc/>
    public string SessionQuery(CallHead head, UpstreamTarget target) => QueryText.Without(head.Query, "key", "access_token");

    /// <inheritdoc/>
    // The base URL ends in /ws, the path begins with it.
    public override string UpstreamPath(CallHead head, UpstreamTarget target, bool stream) => head.Path!["/ws/".Length..];

    /// <inheritdoc/>
    public override void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        if (facts.Model == target.Model)
            return;
        var name = JsonEncodedText.Encode(Prefix + target.Model, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, (byte[])[(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"']));
    }

    /// <inheritdoc/>
    public ISessionTap CreateSessionTap() => new LiveTap();

    /// <inheritdoc/>
    public void WriteSessionError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        // The API has no error message: the close code and its reason say it.
    }

    /// <inheritdoc/>
    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.HttpStatus);
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteString("status"u8, error.HttpStatus switch
        {
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            >= 500 => "UNAVAILABLE",
            _ => "INVALID_ARGUMENT",
        });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new MediaTap(MediaKind.Audio);
}
