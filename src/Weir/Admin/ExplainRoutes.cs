using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Admin.Contracts;
using Weir.Core.Dialects;
using Weir.Core.Identity;
using Weir.Core.Routing.Records;
using Weir.Core.Spine;
using Weir.Core.Telemetry;

namespace Weir.Admin;

/// <summary>Dry runs: where a call would go and what it would cost, without making it.</summary>
internal sealed class ExplainRoutes(AdminServices services, RoutingTools tools)
{
    private const int MostEstimates = 8;

    public async Task ExplainAsync(HttpContext context)
    {
        // A request may be as large as callers may send it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = services.Snapshots.Current.Limits.MaxBodyBytes + (64 << 10);
        ExplainRequest? asked;
        try
        {
            asked = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.ExplainRequest, context.RequestAborted);
        }
        catch (JsonException e)
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_body", $"The body is not what is expected here: {e.Message}", """Send {"body": REQUEST} and, where needed, "path", "key", "headers".""");
            return;
        }
        if (asked is not { Body.ValueKind: JsonValueKind.Object })
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_body", "'body' is not a JSON object: only requests in JSON can be explained.");
            return;
        }
        if ((asked.Path ?? RequestPaths.Guess(asked.Body)) is not { } address)
        {
            await AdminResponse.ErrorAsync(context, 400, "path_needed", "The body does not say which API it is for.", "Name its path, for example --path /v1/chat/completions or /model/MODEL/converse.");
            return;
        }
        var (path, query) = address.IndexOf('?') is >= 0 and var at ? (address[..at], address[at..]) : (address, "");
        if (tools.Endpoints.Find("POST", path) is not { } endpoint || endpoint.Dialect is ISessionDialect)
        {
            await AdminResponse.ErrorAsync(context, 400, "no_such_path", $"Calls are not posted to '{path}'.", "Paths are those clients use: /v1/chat/completions, /v1/messages, …");
            return;
        }
        if (await CallerAsync(asked.Key, context.RequestAborted) is not { } caller)
        {
            await AdminResponse.ErrorAsync(context, 404, "key_not_found", $"There is no key '{asked.Key}'.", "'weir keys list' shows ids and names.");
            return;
        }
        var headers = new Dictionary<string, string>(asked.Headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase) { ["content-type"] = "application/json" };
        var client = new DryRunChannel(headers, Encoding.UTF8.GetBytes(asked.Body.GetRawText()), query, context.RequestAborted);
        var head = endpoint.Head with { Query = query, Path = path, ContentType = "application/json" };
        using var exchange = await tools.DryRun.RunAsync(services.Snapshots.Current, endpoint.Dialect, head, client, caller);
        await AnswerAsync(context, address, exchange);
    }

    private async Task AnswerAsync(HttpContext context, string path, Exchange exchange)
    {
        if (exchange.Call is not { } call)
        {
            var error = exchange.Error;
            await AdminResponse.ErrorAsync(context, 422, error?.Code ?? "not_routed", error?.SafeMessage ?? "The call is about objects at a provider: no route decides about it.",
                $"The body was read as one for {path} ({exchange.Dialect.Name}).");
            return;
        }
        var record = new DecisionRecord(services.State.Time).Write(exchange.Snapshot.Hash, call, exchange.Plan, exchange.Error);
        using var document = JsonDocument.Parse(record);
        var estimator = new CallEstimator(tools.Tokens, tools.States, services.State.Time);
        var estimates = (exchange.Plan?.Targets ?? []).Take(MostEstimates).Select(t => View(estimator.Of(call, t.Target)));
        await AdminResponse.OkAsync(context, new ExplainView(path, exchange.Dialect.Name, call.Caller.Key.Name, document.RootElement.Clone(), [.. estimates]), AdminJson.Default.ExplainView);
    }

    private static EstimateView View(CallEstimate e) => new(e.Target, e.InputTokens, e.OutputTokens, e.Basis.ToString().ToLowerInvariant(), e.Cost?.Picos,
        e.Cost is { } cost ? Dollars.Number(cost) : null, e.PriceRow);

    /// <summary>The key's caller; without a key one of the default tenant that may use every model.</summary>
    private async Task<Caller?> CallerAsync(string? key, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            var anyone = new VirtualKey { Id = "none", Name = "none", Tenant = "default", Hash = default, Hint = "", CreatedAt = services.State.Time.GetUtcNow() };
            return new Caller(anyone.Tenant, null, anyone);
        }
        var keys = await services.Keys.ListAsync(cancellationToken);
        return (keys.FirstOrDefault(k => k.Id == key) ?? keys.FirstOrDefault(k => k.Name == key)) is { } found ? new Caller(found.Tenant, found.Team, found) : null;
    }
}
