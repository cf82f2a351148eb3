using Microsoft.AspNetCore.Http;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Spine;
using Weir.Core.Telemetry;

namespace Weir.Http;

/// <summary>
/// Step 1: the endpoint. Chooses dialect and operation by path, makes the exchange, pins the snapshot, checks the HTTP
/// strictly. Leaves with: an <see cref="Exchange"/> for the pipeline.
/// </summary>
internal sealed class Accept(ISnapshotSource snapshots, EndpointTable endpoints, RequestIds ids, CallPipeline pipeline, ModelLists models,
    CallTracer tracer, WeirMetrics metrics, TimeProvider time)
{
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (endpoints.Find(path) is { } endpoint)
        {
            if (!HttpMethods.IsPost(context.Request.Method))
                return PlainReply.WriteErrorAsync(context, endpoint.Dialect, MethodNotAllowed(path), ids.Next(), allow: "POST");
            return RunAsync(context, endpoint);
        }

        if (models.Handles(path))
            return models.HandleAsync(context);
        return path switch
        {
            "/healthz" or "/api/hello" or "/" => PlainReply.WriteOkAsync(context),
            _ => PlainReply.WriteErrorAsync(context, endpoints.DialectFor(path), NoSuchPath(path), ids.Next()),
        };
    }

    private async Task RunAsync(HttpContext context, Endpoint endpoint)
    {
        if (HttpStrictness.Check(context) is { } fault)
        {
            context.Response.Headers.Connection = "close";
            await PlainReply.WriteErrorAsync(context, endpoint.Dialect, fault, ids.Next());
            return;
        }

        metrics.CallStarted();
        try
        {
            var id = ids.Next();
            await pipeline.RunAsync(new Exchange(id, new HttpClientChannel(context), snapshots.Current, endpoint.Dialect, endpoint.Operation,
                time.GetUtcNow(), time.GetTimestamp())
            {
                Span = tracer.StartCall(endpoint.Operation, endpoint.Dialect.Name, id, context.Request.Headers.TraceParent, context.Request.Headers.TraceState),
            });
        }
        finally
        {
            metrics.CallEnded();
        }
    }

    private static GatewayError NoSuchPath(string path) => new(ErrorKind.NotFound, Step.Accept, Party.Client, 404, "no_such_path",
        $"There is nothing at '{Shorten(path)}'. Served here: POST /v1/chat/completions, /v1/messages, /v1/messages/count_tokens, /v1/embeddings; GET /v1/models. An SDK's base URL ends in /v1 for OpenAI's and has no path for Anthropic's.");

    private static GatewayError MethodNotAllowed(string path) => new(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 405,
        "method_not_allowed", $"'{Shorten(path)}' takes POST.");

    private static string Shorten(string path) => path.Length <= 100 ? path : path[..100] + "…";
}
