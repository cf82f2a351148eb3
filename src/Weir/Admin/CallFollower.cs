using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Admin.Contracts;
using Weir.Core.Metering;

namespace Weir.Admin;

/// <summary>Streams calls as NDJSON until the client leaves or the host stops.</summary>
internal static class CallFollower
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(HttpContext context, ILedgerReader ledger, RequestQuery query, TimeProvider time)
    {
        var stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        try
        {
            await FollowAsync(context, ledger, query, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Leaving is how a follower ends.
        }
    }

    private static async Task FollowAsync(HttpContext context, ILedgerReader ledger, RequestQuery query, TimeProvider time, CancellationToken end)
    {
        var after = query.AfterId;
        if (after is null)
        {
            // The newest come newest first; a tail reads downward. The newest call of all is the place to go on from,
            // also when none was asked for.
            var newest = await ledger.ListAsync(query with { Limit = Math.Max(1, query.Limit) }, end);
            after = newest.Count > 0 ? newest[0].Id : null;
            foreach (var call in newest.Take(query.Limit).Reverse())
                Write(context, call);
        }
        // Headers go out even with nothing to list, and only once the place to go on from is known: a call finished after
        // the client saw them is never missed.
        await context.Response.StartAsync(end);
        await context.Response.BodyWriter.FlushAsync(end);
        while (true)
        {
            var calls = await ledger.ListAsync(query with { Limit = Batch, AfterId = after }, end);
            // Without a place to go on from, the list is newest first.
            foreach (var call in after is null ? calls.Reverse() : calls)
            {
                Write(context, call);
                after = call.Id;
            }
            if (calls.Count > 0)
                await context.Response.BodyWriter.FlushAsync(end);
            else
                await Task.Delay(Pause, time, end);
        }
    }

    private static void Write(HttpContext context, RequestRecord call)
    {
        var body = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body);
        JsonSerializer.Serialize(json, Views.Call(call), AdminJson.Default.CallView);
        json.Flush();
        body.Write("\n"u8);
    }
}
