using System.Net;
using System.Net.Http.Headers;
using Weir.Core.Canon;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Providers;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>Builds what is sent to a target: body, path, headers.</summary>
public static class UpstreamRequests
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Fills <paramref name="payload"/>: splices for the client's own dialect, a translated document otherwise. An error means this target cannot take the request.</summary>
    public static ValueTask<GatewayError?> BuildPayloadAsync(Exchange exchange, Attempt attempt, UpstreamPayload payload, ReasoningMemory memory)
    {
        var planned = attempt.Planned;
        var target = TargetFor(planned);
        if (planned.IsNative)
        {
            planned.Dialect.PlanSplices(exchange.Facts!, target, payload.Splices);
            payload.UseClientBytes(exchange.Body.Memory);
            return default;
        }

        return TranslateAsync(exchange, attempt, payload, target, memory);
    }

    private static async ValueTask<GatewayError?> TranslateAsync(Exchange exchange, Attempt attempt, UpstreamPayload payload, UpstreamTarget target,
        ReasoningMemory memory)
    {
        var planned = attempt.Planned;
        attempt.Lane = Lane.Translate;
        var notes = attempt.Notes = new TranslationNotes();
        var request = exchange.Dialect.ReadRequest(exchange.Body.Memory, notes, exchange.Head);
        if (planned.Dialect.SigningVendor is { } vendor && !exchange.Dialect.ClientsCarryReasoning)
            request = await memory.RestoreAsync(exchange.Caller!.Tenant, vendor, request, exchange.Client.Gone);
        planned.Dialect.WriteRequest(request, target, payload.Translated, notes);
        if (!notes.HasRefusals && !(exchange.Plan!.Model.Strict && notes.HasDrops))
            return null;

        var refused = notes.All.First(n => n.Fate is ParameterFate.Refused || (!notes.HasRefusals && n.Fate is ParameterFate.Dropped));
        return GatewayErrors.Untranslatable(refused.Path, refused.Reason);
    }

    /// <summary>The request but for its credential, which signs what is complete.</summary>
    public static HttpRequestMessage Build(Exchange exchange, Attempt attempt, UpstreamPayload payload)
    {
        var planned = attempt.Planned;
        var provider = planned.Target.Provider;
        var message = new HttpRequestMessage(HttpMethod.Post, UrlFor(exchange, planned))
        {
            Version = HttpVersion.Version11,
            Content = new PayloadContent(payload),
        };
        message.Content.Headers.ContentType = Json;
        if (planned.IsNative)
        {
            exchange.Client.VisitHeaders(message.Headers, static (headers, name, value) =>
            {
                if (HeaderPolicy.GoesUp(name))
                    headers.TryAddWithoutValidation(name, value);
            });
        }

        foreach (var (name, value) in provider.Headers)
        {
            if (!message.Headers.Contains(name))
                message.Headers.TryAddWithoutValidation(name, value);
        }
        if (attempt.Span.TraceParent is { } parent)
        {
            message.Headers.TryAddWithoutValidation("traceparent", parent);
            if (attempt.Span.TraceState is { Length: > 0 } state)
                message.Headers.TryAddWithoutValidation("tracestate", state);
        }
        return message;
    }

    /// <summary>What the dialect needs to know of a planned target.</summary>
    public static UpstreamTarget TargetFor(Routing.PlannedTarget planned) =>
        new(planned.Target.Model, planned.Target.Provider.Quirks, planned.Target.DefaultMaxOutputTokens);

    private static string UrlFor(Exchange exchange, Routing.PlannedTarget planned)
    {
        var stream = exchange.Facts!.Stream;
        var path = planned.Dialect.UpstreamPath(exchange.Operation, TargetFor(planned), stream);
        var query = planned.IsNative ? exchange.Client.Query : planned.Dialect.UpstreamQuery(exchange.Operation, stream);
        return string.Concat(planned.BaseUrl.AbsoluteUri.TrimEnd('/'), "/", path, query);
    }
}
