using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Metering;

namespace Weir.Admin;

/// <summary>Lists, follows and shows calls.</summary>
internal sealed class CallRoutes(AdminServices services)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1000;

    /// <summary><c>?limit=&amp;after=&amp;tenant=&amp;key=&amp;model=&amp;failed=1</c>; with <c>follow=1</c> an endless NDJSON stream, oldest first.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = DefaultLimit;
        if (query["limit"] is [{ Length: > 0 } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 0 or > MaxLimit))
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_query", $"limit: a number from 0 to {MaxLimit}.");
            return;
        }
        var key = await KeyIdAsync(query["key"], context.RequestAborted);
        var wanted = new RequestQuery(limit, Text(query["after"]), Text(query["tenant"]), key, Text(query["model"]), query["failed"] == "1" || query["failed"] == "true");
        await services.Ledger.FlushAsync(context.RequestAborted);
        if (query["follow"] == "1" || query["follow"] == "true")
        {
            await CallFollower.RunAsync(context, services.Ledger, wanted, services.State.Time);
            return;
        }
        var calls = limit == 0 ? [] : await services.Ledger.ListAsync(wanted, context.RequestAborted);
        await AdminResponse.OkAsync(context, new CallList([.. calls.Select(Views.Call)]), AdminJson.Default.CallList);
    }

    public async Task FindAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        await services.Ledger.FlushAsync(context.RequestAborted);
        if (await services.Ledger.FindAsync(id, context.RequestAborted) is not var (request, attempts))
        {
            await AdminResponse.ErrorAsync(context, 404, "request_not_found", $"There is no call '{id}'.",
                "The id is in the x-weir-request-id response header; 'weir requests tail' lists recent ones.");
            return;
        }
        await AdminResponse.OkAsync(context, Views.Detail(request, attempts), AdminJson.Default.CallDetail);
    }

    // People filter by the key's name, the ledger knows ids.
    private async Task<string?> KeyIdAsync(string? idOrName, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(idOrName))
            return null;
        var keys = await services.Keys.ListAsync(cancellationToken);
        return keys.FirstOrDefault(k => k.Id == idOrName)?.Id ?? keys.FirstOrDefault(k => k.Name == idOrName)?.Id ?? idOrName;
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
