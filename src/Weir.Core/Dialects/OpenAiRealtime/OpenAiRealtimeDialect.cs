using System.Buffers;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.PassThrough;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiRealtime;

/// <summary>OpenAI Realtime over WebSocket (wire notes §3): <c>/v1/realtime?model=…</c>, usage in <c>response.done</c>.</summary>
public sealed class OpenAiRealtimeDialect : PassThroughDialect, ISessionDialect
{
    /// <inheritdoc/>
    public override string Name => "openai-realtime";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v1/realtime", Operation.Realtime) { Method = "GET" }];

    /// <inheritdoc/>
    public bool ModelInFirstMessage => false;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head)
    {
        if (QueryText.Find(head.Query, "model") is not { Length: > 0 } model)
            return new BadRequest("missing_field", "'model' is required in the query: /v1/realtime?model=NAME.", "model");
        if (QueryText.Count(head.Query, "model") > 1)
            return new BadRequest("duplicate_key", "'model' comes twice in the query; send it once.", "model");
        return new RequestFacts { Model = model, Stream = true, ClientWantsUsage = true, HasMedia = true };
    }

    /// <inheritdoc/>
    public string SessionQuery(CallHead head, UpstreamTarget target)
    {
        var rest = QueryText.Without(head.Query, "model", "key");
        return $"?model={Uri.EscapeDataString(target.Model)}{(rest.Length > 0 ? "&" + rest[1..] : "")}";
    }

    /// <inheritdoc/>
    public ISessionTap CreateSessionTap() => new RealtimeTap();

    /// <inheritdoc/>
    public void WriteSessionError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        // {"type":"error","error":{…}}: the error document with a type in front.
        var body = new ArrayBufferWriter<byte>(256);
        OpenAiErrorBody.Write(error, body);
        output.Write("{\"type\":\"error\","u8);
        output.Write(body.WrittenSpan[1..]);
    }

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new MediaTap(MediaKind.Audio);
}
