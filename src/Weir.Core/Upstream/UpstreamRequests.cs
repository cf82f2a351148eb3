using System.Net;
using Weir.Core.Canon;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>Builds what is sent to a target: body, path, headers.</summary>
public static class UpstreamRequests
{
    /// <summary>Fills <paramref name="payload"/>: splices for the client's own dialect, a translated document otherwise. An error means this target cannot take the request.</summary>
    public static ValueTask<GatewayError?> BuildPayloadAsync(Exchange exchange, Attempt attempt, UpstreamPayload payload, ReasoningMemory memory, AttemptClock clock)
    {
        var planned = attempt.Planned;
        var target = TargetFor(planned);
        if (planned.IsNative)
        {
            planned.Dialect.PlanSplices(exchange.Facts!, target, payload.Splices);
            if (exchange.Streamed is { } streamed)
                payload.UseStreamed(streamed, clock);
            else
                SetNative(exchange, attempt, payload, target);
            return default;
        }

        return TranslateAsync(exchange, attempt, payload, target, memory);
    }

    private static void SetNative(Exchange exchange, Attempt attempt, UpstreamPayload payload, UpstreamTarget target)
    {
        if (OverridesOf(exchange) is { } overrides)
        {
            var sampling = exchange.Operation is Operation.Chat or Operation.Completion ? attempt.Planned.Dialect.SamplingFor(target) : null;
            RequestOverrides.Plan(overrides, sampling, exchange.Body.Span, payload.Splices, attempt.Changed);
        }
        payload.UseClientBytes(exchange.Body.Memory);
    }

    /// <summary>Parameters are in the words of the provider's dialect: they are set in the translated document.</summary>
    private static void SetTranslated(RouteOverrides overrides, Attempt attempt, UpstreamPayload payload)
    {
        if (overrides.Parameters.Count == 0)
            return;
        RequestOverrides.Plan(overrides, null, payload.Translated.Span, payload.Splices, attempt.Changed);
        payload.UseClientBytes(payload.Translated.Memory);
    }

    /// <summary>What the route sets in this kind of call. Counts are asked for the prompt alone, and forms are passed on as they arrive.</summary>
    private static RouteOverrides? OverridesOf(Exchange exchange) =>
        exchange.Operation != Operation.CountTokens && exchange.Facts is { Objects: null, Boundary: null } && exchange.Body.Length > 0
            ? exchange.Plan?.Route?.Overrides
            : null;

    private static async ValueTask<GatewayError?> TranslateAsync(Exchange exchange, Attempt attempt, UpstreamPayload payload, UpstreamTarget target,
        ReasoningMemory memory)
    {
        var planned = attempt.Planned;
        attempt.Lane = Lane.Translate;
        var notes = attempt.Notes = new TranslationNotes();
        if (planned.Dialect is IOneShotDialect other && exchange.Dialect is IOneShotDialect own && own.Translates(exchange.Operation))
        {
            attempt.OneShot = own.ReadOneShot(exchange.Body.Memory, notes, exchange.Head);
            other.WriteOneShot(attempt.OneShot, target, payload.Translated, notes);
            if (OverridesOf(exchange) is { } set)
                SetTranslated(set, attempt, payload);
            return Refusal(exchange, notes);
        }

        var request = exchange.Dialect.ReadRequest(exchange.Body.Memory, notes, exchange.Head);
        if (planned.Dialect.SigningVendor is { } vendor && !exchange.Dialect.ClientsCarryReasoning)
            request = await memory.RestoreAsync(exchange.Caller!.Tenant, vendor, request, exchange.Client.Gone);
        var overrides = OverridesOf(exchange);
        if (overrides is not null)
            request = RequestOverrides.Apply(overrides, request, attempt.Changed);
        if (exchange.Operation == Operation.CountTokens)
            ((ITokenCountDialect)planned.Dialect).WriteCountRequest(request, target, payload.Translated, notes);
        else
            planned.Dialect.WriteRequest(request, target, payload.Translated, notes);
        if (overrides is not null)
            SetTranslated(overrides, attempt, payload);
        return Refusal(exchange, notes);
    }

    private static GatewayError? Refusal(Exchange exchange, TranslationNotes notes)
    {
        if (!notes.HasRefusals && !(exchange.Plan!.Model.Strict && notes.HasDrops))
            return null;

        var refused = notes.All.First(n => n.Fate is ParameterFate.Refused || (!notes.HasRefusals && n.Fate is ParameterFate.Dropped));
        return GatewayErrors.Untranslatable(refused.Path, refused.Reason);
    }

    /// <summary>The request but for its credential, which signs what is complete.</summary>
    public static HttpRequestMessage Build(Exchange exchange, Attempt attempt, UpstreamPayload payload, UpstreamUrls urls)
    {
        var planned = attempt.Planned;
        var provider = planned.Target.Provider;
        var message = new HttpRequestMessage(HttpMethod.Parse(exchange.Head.Method ?? "POST"), UrlFor(exchange, attempt, urls)) { Version = HttpVersion.Version11 };
        if (message.Method == HttpMethod.Post || payload.Length > 0)
        {
            message.Content = new PayloadContent(payload);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", exchange.Streamed is null ? "application/json" : exchange.Head.ContentType);
        }
        if (planned.IsNative)
        {
            exchange.Client.VisitHeaders(message.Headers, static (headers, name, value) =>
            {
                if (HeaderPolicy.GoesUp(name))
                    headers.TryAddWithoutValidation(name, value);
            });
        }

        if (exchange.Facts!.Objects is { IsContent: true })
        {
            // What is counted as it passes must pass whole.
            message.Headers.Remove("range");
            message.Headers.Remove("if-range");
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

    private static Uri UrlFor(Exchange exchange, Attempt attempt, UpstreamUrls urls)
    {
        var planned = attempt.Planned;
        var facts = exchange.Facts!;
        var target = TargetFor(planned);
        if (planned.Dialect is ISessionDialect session)
            return urls.For(attempt.BaseUrl, session.UpstreamPath(exchange.Head, target, facts.Stream), WithFixed(session.SessionQuery(exchange.Head, target), planned.Target.Provider.Query));
        var (path, query) = planned.IsNative
            ? (facts.NativePath ?? planned.Dialect.UpstreamPath(exchange.Head, target, facts.Stream), planned.Dialect.NativeQuery(QueryCredential.Without(exchange.NextPage ?? exchange.Client.Query, exchange.Dialect.KeyQueryMember), target))
            : (planned.Dialect.UpstreamPath(Translated(exchange.Operation), target, facts.Stream), planned.Dialect.UpstreamQuery(Translated(exchange.Operation), facts.Stream));
        return urls.For(attempt.BaseUrl, path, WithFixed(query, planned.Target.Provider.Query));
    }

    /// <summary>Canon knows conversations: a completion goes on as one.</summary>
    private static Operation Translated(Operation operation) => operation == Operation.Completion ? Operation.Chat : operation;

    private static string WithFixed(string query, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (!Queries.Has(query, name))
                query = string.Concat(query.Length == 0 ? "?" : query + "&", Uri.EscapeDataString(name), "=", Uri.EscapeDataString(value));
        }
        return query;
    }
}
