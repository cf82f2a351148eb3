using System.Globalization;
using Weir.Core.Dialects;
using Weir.Core.Objects;

namespace Weir.Core.Spine;

/// <summary>
/// Lists with only the tenant's objects. A provider's page on which the tenant has none is not shown while later pages may
/// hold some: clients stop at an empty page, whatever <c>has_more</c> says. The next one is asked for instead.
/// </summary>
public sealed class ObjectLists(IObjectOwners owners)
{
    /// <summary>Pages looked through for one call.</summary>
    public const int MaxPages = 100;

    private const int PageSize = 100;

    /// <summary>
    /// Two objects that were made at a time may stand in another order here than at the provider, but not many pages apart:
    /// beyond these nothing is looked for that was made known before the cursor.
    /// </summary>
    private const int NearPages = 3;

    private static readonly TimeSpan Nearby = TimeSpan.FromMinutes(5);

    /// <summary>Writes what the client is shown, or returns false: <see cref="Exchange.NextPage"/> says what to ask for next.</summary>
    public async ValueTask<bool> ShowAsync(Exchange exchange, string provider, ObjectPage page, PooledBody answer, PooledBody shown)
    {
        var (tenant, kind, gone) = (exchange.Caller!.Tenant, exchange.Facts!.Objects!.Kind, exchange.Client.Gone);
        var query = exchange.Client.Query;
        var own = await owners.OwnedAsync(tenant, provider, page.Ids, gone);
        var limit = int.TryParse(QueryText.Find(query, "limit"), CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : int.MaxValue;
        var hasMore = false;
        // Backwards the cursor is another one, and clients that page back have been there before.
        if (page.HasMore && QueryText.Find(query, "before") is null)
        {
            var cursor = page.Ids.LastOrDefault(own.Contains) ?? QueryText.Find(query, "after");
            var slack = exchange.Attempts.Count <= NearPages ? Nearby : TimeSpan.Zero;
            hasMore = await owners.HasBeyondAsync(tenant, provider, KindsOf(kind), cursor, QueryText.Find(query, "order") == "asc", slack, gone);
            if (own.Count == 0 && hasMore && page.Ids is [.., { Length: > 0 } last])
            {
                var rest = QueryText.Without(query, "after", "limit");
                exchange.NextPage = $"{(rest.Length == 0 ? "?" : rest + "&")}limit={Math.Max(PageSize, limit == int.MaxValue ? 0 : limit)}&after={Uri.EscapeDataString(last)}";
                return false;
            }
        }

        page.Write(answer.Span, own, limit, hasMore || (page.HasMore && QueryText.Find(query, "before") is not null), shown);
        return true;
    }

    /// <summary>Results of batches are files like others.</summary>
    private static IReadOnlyCollection<string> KindsOf(string kind) => kind == "file" ? ["file", "batch_result"] : [kind];
}
