using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Configuration;
using Weir.Core.Routing.Records;

namespace Weir.Admin;

/// <summary>Replays recorded decisions against another configuration.</summary>
internal sealed class SimulatePolicyRoutes(AdminServices services, RoutingTools tools)
{
    private const string Lines = "application/x-ndjson";
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);
    private const string DefaultSince = "24h";

    /// <summary>The body is the configuration as YAML. With <c>Accept: application/x-ndjson</c> progress comes line by line, the report last.</summary>
    public async Task SimulateAsync(HttpContext context)
    {
        var now = services.State.Time.GetUtcNow();
        var query = context.Request.Query;
        var sinceText = query["since"].ToString() is { Length: > 0 } given ? given : DefaultSince;
        if (!TimeText.TryParse(sinceText, now, out var since) || !TimeText.TryParseOptional(query["until"], now, out var until))
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_query", "since, until: not a time.", "Give " + TimeText.Expected);
            return;
        }
        ulong seed = 0;
        if (query["seed"] is [{ Length: > 0 } number] && !ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out seed))
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_query", "seed: a whole number.");
            return;
        }
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var loaded = tools.LookAt(await reader.ReadToEndAsync(context.RequestAborted), query["name"].ToString() is { Length: > 0 } name ? name : "policy");
        if (loaded.Snapshot is not { } snapshot)
        {
            var refused = new PolicyRefused(new ErrorView("configuration_refused", $"The configuration has errors, nothing was replayed: {string.Join("; ", Errors(loaded))}", "'weir check FILE' shows them with their source lines."),
                [.. loaded.Diagnostics.Select(DiagnosticView.From)]);
            await AdminResponse.JsonAsync(context, 422, refused, AdminJson.Default.PolicyRefused);
            return;
        }
        using var simulation = new PolicySimulation(snapshot, tools.Dialects, tools.Tokens, seed);
        await RunAsync(context, simulation, loaded, since, until ?? now);
    }

    private async Task RunAsync(HttpContext context, PolicySimulation simulation, LoadResult loaded, DateTimeOffset since, DateTimeOffset until)
    {
        var streamed = context.Request.Headers.Accept.ToString().Contains(Lines, StringComparison.OrdinalIgnoreCase);
        if (streamed)
            context.Response.ContentType = Lines;
        var (time, aborted) = (services.State.Time, context.RequestAborted);
        var told = time.GetTimestamp();
        await foreach (var call in services.Ledger.ReadAsync(since, until, aborted))
        {
            // The caller hanging up ends the reading of the ledger, also in the middle of a page.
            aborted.ThrowIfCancellationRequested();
            simulation.Take(call);
            if (!streamed || time.GetElapsedTime(told) < ProgressEvery)
                continue;
            await LineAsync(context, new PolicyLine(simulation.Calls));
            told = time.GetTimestamp();
        }
        var view = PolicyViews.Of(simulation.Report(), since, until, loaded.Snapshot!.Hash, [.. loaded.Diagnostics.Select(DiagnosticView.From)]);
        if (streamed)
            await LineAsync(context, new PolicyLine(simulation.Calls, view));
        else
            await AdminResponse.OkAsync(context, view, AdminJson.Default.PolicyView);
    }

    private static IEnumerable<string> Errors(LoadResult loaded) =>
        loaded.Diagnostics.Where(d => d.Severity == Severity.Error).Take(5).Select(d => $"line {d.Line}: {d.Message}");

    private static async Task LineAsync(HttpContext context, PolicyLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, AdminJson.Default.PolicyLine), (byte)'\n'];
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }
}
