using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Metering;

namespace Weir.Admin;

/// <summary>Sums of the ledger.</summary>
internal sealed class UsageRoutes(AdminServices services)
{
    private const int MaxDimensions = 2;

    public async Task SumAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var by = query["by"].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToArray();
        var dimensions = new List<UsageDimension>();
        foreach (var name in by)
        {
            if (!UsageDimensions.TryParse(name, out var dimension))
            {
                await InvalidAsync(context, $"by: '{name}' is not one of {UsageDimensions.Names}.");
                return;
            }
            dimensions.Add(dimension);
        }
        if (dimensions.Count > MaxDimensions)
        {
            await InvalidAsync(context, $"by: {MaxDimensions} dimensions at most.");
            return;
        }
        var now = services.State.Time.GetUtcNow();
        if (!TimeText.TryParseOptional(query["since"], now, out var since) || !TimeText.TryParseOptional(query["until"], now, out var until))
        {
            await InvalidAsync(context, "since, until: " + TimeText.Expected);
            return;
        }
        UsageKind? kind = null;
        if (query["kind"].ToString() is { Length: > 0 } word && (kind = UsageKinds.Parse(word)) is null)
        {
            await InvalidAsync(context, $"kind: '{word}' is neither {UsageKinds.Call} nor {UsageKinds.Copy}.");
            return;
        }
        var rows = await SumAsync(new UsageQuery(dimensions, since, until, query["tenant"], query["team"], query["key"], query["model"], kind), context.RequestAborted);
        var lines = await LabelAsync(rows, dimensions, context.RequestAborted);
        await AdminResponse.OkAsync(context, new UsageReport(by, since, until, lines, Views.Total(lines)), AdminJson.Default.UsageReport);
    }

    private async Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        await services.Ledger.FlushAsync(cancellationToken);
        return await services.Ledger.SumAsync(query, cancellationToken);
    }

    // Ledger entries hold key ids; people know keys by name.
    private async Task<IReadOnlyList<UsageLine>> LabelAsync(IReadOnlyList<UsageRow> rows, List<UsageDimension> dimensions, CancellationToken cancellationToken)
    {
        var at = dimensions.IndexOf(UsageDimension.Key);
        if (at < 0)
            return [.. rows.Select(r => Views.Usage(r, r.Group))];
        var keys = await services.Keys.ListAsync(cancellationToken);
        var names = keys.GroupBy(k => k.Id).ToDictionary(g => g.Key, g => g.First().Name);
        return [.. rows.Select(r => Views.Usage(r, [.. r.Group.Select((g, i) => i == at && names.TryGetValue(g, out var name) ? name : g)]))];
    }

    private static Task InvalidAsync(HttpContext context, string message) =>
        AdminResponse.ErrorAsync(context, 400, "invalid_query", message, "Example: /admin/v1/usage?by=team&by=model&since=24h");
}
