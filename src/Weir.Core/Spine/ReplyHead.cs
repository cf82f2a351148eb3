using System.Globalization;
using Weir.Core.Dialects;
using Weir.Core.Upstream;

namespace Weir.Core.Spine;

/// <summary>Status and headers of an answer: what the upstream sent and may cross, and Weir's own.</summary>
public static class ReplyHead
{
    public static void WriteStream(Exchange exchange, Attempt attempt, HttpResponseMessage response)
    {
        exchange.Client.StatusCode = exchange.ClientStatus = (int)response.StatusCode;
        WriteRequestId(exchange);
        CopyHeaders(exchange, attempt, response);
        exchange.Client.SetHeader("content-type", attempt.Lane == Lane.Translate ? exchange.Facts!.Framing.ContentType()
            : ResponseHead.ContentType(response) ?? "text/event-stream");
        exchange.Client.SetHeader("cache-control", "no-cache");
        // Reverse proxies in front (nginx) would otherwise collect the stream.
        exchange.Client.SetHeader("x-accel-buffering", "no");
        WriteOwn(exchange, attempt);
    }

    /// <summary>An answer without frames: its own type, length and file name.</summary>
    public static void WriteRaw(Exchange exchange, Attempt attempt, HttpResponseMessage response)
    {
        exchange.Client.StatusCode = exchange.ClientStatus = (int)response.StatusCode;
        WriteRequestId(exchange);
        CopyHeaders(exchange, attempt, response);
        var content = response.Content.Headers;
        if (content.ContentType is { } type)
            exchange.Client.SetHeader("content-type", type.ToString());
        if (content.ContentLength is { } length && !UpstreamBody.IsPacked(response))
            exchange.Client.SetHeader("content-length", length.ToString(CultureInfo.InvariantCulture));
        if (content.NonValidated.TryGetValues("content-disposition", out var disposition))
            exchange.Client.SetHeader("content-disposition", disposition.ToString());
        WriteOwn(exchange, attempt);
    }

    public static void WriteWhole(Exchange exchange, Attempt attempt, HttpResponseMessage response, int length)
    {
        exchange.Client.StatusCode = exchange.ClientStatus = (int)response.StatusCode;
        WriteRequestId(exchange);
        CopyHeaders(exchange, attempt, response);
        exchange.Client.SetHeader("content-type", attempt.Lane == Lane.Translate ? "application/json"
            : ResponseHead.ContentType(response) ?? "application/json");
        exchange.Client.SetHeader("content-length", length.ToString(CultureInfo.InvariantCulture));
        WriteOwn(exchange, attempt);
        if (attempt.Settlement is { } settled && exchange.Caller?.Key.ShowRoutingHeaders == true && settled.PriceState != Catalog.PriceState.Unpriced)
            exchange.Client.SetHeader("x-weir-cost-microusd", settled.Cost.Micros.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The header client libraries take the request id from, for answers that are Weir's own; an upstream's, copied later, stands.</summary>
    public static void WriteRequestId(Exchange exchange) => exchange.Client.SetHeader(exchange.Dialect.RequestIdHeader, exchange.Id);

    /// <summary>Weir's own headers: the request id for everybody, routing details for callers allowed to see them.</summary>
    public static void WriteOwn(Exchange exchange, Attempt? attempt)
    {
        exchange.Client.SetHeader("x-weir-request-id", exchange.Id);
        if (attempt is null || exchange.Caller?.Key.ShowRoutingHeaders != true)
            return;
        exchange.Client.SetHeader("x-weir-target", attempt.Planned.Target.Name);
        exchange.Client.SetHeader("x-weir-attempts", attempt.Number.ToString(CultureInfo.InvariantCulture));
        if (attempt.Changed.Count > 0)
            exchange.Client.SetHeader("x-weir-changed", string.Join(", ", attempt.Changed));
        if (attempt.Notes is { All.Count: > 0 } notes)
        {
            var dropped = string.Join(", ", notes.All.Where(n => n.Fate == Canon.ParameterFate.Dropped).Select(n => n.Path).Take(20));
            if (dropped.Length > 0)
                exchange.Client.SetHeader("x-weir-dropped", dropped);
        }
    }

    private static void CopyHeaders(Exchange exchange, Attempt attempt, HttpResponseMessage response)
    {
        // A translated answer keeps only what means the same everywhere; the rest speaks of another API.
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (attempt.Lane == Lane.Translate ? name.Equals("retry-after", StringComparison.OrdinalIgnoreCase) : HeaderPolicy.GoesDown(name))
                exchange.Client.SetHeader(name, values.ToString());
        }
    }
}
