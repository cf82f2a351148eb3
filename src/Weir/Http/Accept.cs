using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Spine;
using Weir.Core.Telemetry;

namespace Weir.Http;

/// <summary>
/// Step 1: the endpoint. Chooses dialect and operation by path, makes the exchange, pins the snapshot, checks the HTTP
/// strictly. Leaves with: an <see cref="Exchange"/> for the pipeline.
/// </summary>
internal sealed class Accept(ISnapshotSource snapshots, EndpointTable endpoints, RequestIds ids, CallPipeline pipeline, ModelLists models, OllamaModels ollama, KeptAnswers answers,
    CallTracer tracer, WeirMetrics metrics, TimeProvider time)
{
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var recorder = context.Features.Get<HeadRecorder>();
        recorder?.Stop();
        if (HttpStrictness.Check(context, recorder) is { } fault)
            return RefuseAsync(context, endpoints.DialectFor(path), fault);
        return endpoints.Find(context.Request.Method, path) is { } endpoint
            ? RunAsync(context, endpoint, recorder)
            : AnswerPlainlyAsync(context, path, recorder);
    }

    /// <summary>Everything that is not a call: nothing here reads a body to its end.</summary>
    private async Task AnswerPlainlyAsync(HttpContext context, string path, HeadRecorder? recorder)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody)
            CloseAfter(context);
        await FindAnswer(context, path);
        if (!hasBody)
            recorder?.Restart();
    }

    private Task FindAnswer(HttpContext context, string path)
    {
        if (endpoints.MethodsOf(path) is ({ Count: > 0 } methods, { } dialect))
        {
            var allowed = string.Join(", ", methods);
            if (!AsksForWebSocket(context.Request))
                return PlainReply.WriteErrorAsync(context, dialect, MethodNotAllowed(path, allowed), ids.Next(), allow: allowed);
            // Codex tries a socket first; of all refusals this one sends it to HTTP at once and without a word to its user.
            context.Response.Headers.Upgrade = "HTTP/1.1";
            return PlainReply.WriteErrorAsync(context, dialect, NoWebSocket(path), ids.Next());
        }

        if (ModelLists.Handles(path))
            return models.HandleAsync(context);
        if (KeptAnswers.Handles(path))
            return answers.HandleAsync(context);
        if (OllamaModels.Handles(path))
            return ollama.HandleAsync(context);
        return path switch
        {
            "/healthz" or "/api/hello" or "/" => PlainReply.WriteOkAsync(context),
            _ => PlainReply.WriteErrorAsync(context, endpoints.DialectFor(path), NoSuchPath(path), ids.Next()),
        };
    }

    private Task RefuseAsync(HttpContext context, IDialect dialect, GatewayError fault)
    {
        CloseAfter(context);
        return PlainReply.WriteErrorAsync(context, dialect, fault, ids.Next());
    }

    private async Task RunAsync(HttpContext context, Endpoint endpoint, HeadRecorder? recorder)
    {
        metrics.CallStarted();
        try
        {
            var id = ids.Next();
            var head = HeadOf(context, endpoint.Head);
            head = head with { Query = QueryCredential.Without(head.Query, endpoint.Dialect.KeyQueryMember) };
            var exchange = new Exchange(id, new HttpClientChannel(context), snapshots.Current, endpoint.Dialect, head,
                time.GetUtcNow(), time.GetTimestamp())
            {
                Span = tracer.StartCall(endpoint.Head.Operation, endpoint.Dialect.Name, id, context.Request.Headers.TraceParent, context.Request.Headers.TraceState),
            };
            await pipeline.RunAsync(exchange);
            if (exchange.BodyIsRead)
                recorder?.Restart();
            else
                CloseAfter(context);
        }
        finally
        {
            metrics.CallEnded();
        }
    }

    private static CallHead HeadOf(HttpContext context, CallHead head) => head with
    {
        Query = context.Request.QueryString.Value,
        Path = context.Request.Path.Value,
        ContentType = context.Request.ContentType,
    };

    /// <summary>No further request on this connection: the body of this one is not read, or its end is in doubt.</summary>
    private static void CloseAfter(HttpContext context)
    {
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol))
            return;
        if (!context.Response.HasStarted)
            context.Response.Headers.Connection = "close";
        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }

    private static GatewayError NoSuchPath(string path) => new(ErrorKind.NotFound, Step.Accept, Party.Client, 404, "no_such_path",
        $"There is nothing at '{Shorten(path)}'. Served here, among others: POST /v1/chat/completions, /v1/responses, /v1/embeddings, /v1/messages, /v1beta/models/MODEL:generateContent, /model/MODEL/converse, /v2/chat, /api/chat; GET /v1/models. An SDK's base URL ends in /v1 for OpenAI's and has no path for Anthropic's, Google's, Amazon's, Cohere's and Ollama's.");

    private static GatewayError MethodNotAllowed(string path, string allowed) => new(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 405,
        "method_not_allowed", $"'{Shorten(path)}' takes {allowed}.");

    private static GatewayError NoWebSocket(string path) => new(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 426,
        "websocket_not_served", $"'{Shorten(path)}' is served over HTTP only: POST with \"stream\": true.");

    private static bool AsksForWebSocket(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string path) => path.Length <= 100 ? path : path[..100] + "…";
}
