using System.Globalization;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// One usage report. Whole hours of the period come from <c>usage_hourly</c>, the broken hours at its two ends from the ledger;
/// both hold the same numbers, so where a row comes from never shows.
/// </summary>
internal sealed class UsageSums
{
    private const int HoursPerDay = 24;
    private const string Filters =
        " AND (?7 IS NULL OR tenant = (SELECT id FROM terms WHERE text = ?7)) AND (?8 IS NULL OR team = (SELECT id FROM terms WHERE text = ?8))"
        + " AND (?9 IS NULL OR key = (SELECT id FROM terms WHERE text = ?9)) AND (?10 IS NULL OR model = (SELECT id FROM terms WHERE text = ?10))"
        + " AND (?11 IS NULL OR shadow = ?11)";

    private static readonly string Sums = "sum(attempts), sum(estimated), sum(unpriced), sum(cost), "
        + string.Join(", ", UsageColumns.Names.Select(n => $"sum({n})"));

    private static readonly string FromHours =
        $"attempts, estimated, unpriced, cost, {string.Join(", ", UsageColumns.Names)} FROM usage_hourly WHERE hour >= ?1 AND hour < ?2{Filters}";

    private static readonly string FromLedger =
        $"1, price_state = 1, price_state = 2, cost, {string.Join(", ", UsageColumns.Names)} FROM ledger WHERE ";

    private readonly SqliteDatabase _database;
    private readonly TermReader _terms;
    private readonly UsageQuery _query;
    private readonly List<UsageDimension> _dimensions;
    private readonly long _since;
    private readonly long _until;

    public UsageSums(SqliteDatabase database, TermReader terms, UsageQuery query)
    {
        (_database, _terms, _query) = (database, terms, query);
        _dimensions = [.. query.GroupBy];
        _since = query.Since is { } since ? UnixMicros.CeilingFrom(since) : 0;
        _until = query.Until is { } until ? UnixMicros.CeilingFrom(until) : long.MaxValue;
    }

    /// <summary>Most expensive first, or by day where days are asked for. Without dimensions always exactly one row.</summary>
    public IReadOnlyList<UsageRow> Read() => _database.InSnapshot(ReadRows);

    private List<UsageRow> ReadRows()
    {
        var retries = Retries();
        string groups = string.Join(", ", _dimensions.Select((_, i) => $"d{i}"));
        using var select = _database.Prepare($"""
            SELECT {(groups.Length > 0 ? groups + ", " : "")}{Sums} FROM (
              SELECT {Columns(hourly: true)}{FromHours}
              UNION ALL SELECT {Columns(hourly: false)}{FromLedger} started >= ?3 AND started < ?4{Filters}
              UNION ALL SELECT {Columns(hourly: false)}{FromLedger} started >= ?5 AND started < ?6{Filters}
            ){(groups.Length > 0 ? " GROUP BY " + groups : "")}
            """);
        BindPeriod(select);
        var rows = new List<UsageRow>();
        int first = _dimensions.Count;
        while (select.Step())
        {
            var group = Group(select);
            long attempts = select.Long(first);
            rows.Add(new UsageRow(group, attempts - retries.GetValueOrDefault(Key(group)), attempts,
                UsageColumns.Read(select, first + 4), new(select.Long(first + 3)), select.Long(first + 1), select.Long(first + 2)));
        }
        rows.Sort(Compare);
        return rows;
    }

    /// <summary>Per group, the entries that are not the first of their call in that group, so that calls = entries − these.</summary>
    private Dictionary<string, long> Retries()
    {
        string groups = string.Join(", ", _dimensions.Select((_, i) => $"d{i}"));
        string same = string.Concat(_dimensions.Select(d => $" AND {Expression(d, "earlier.")} = {Expression(d, "ledger.")}"));
        using var select = _database.Prepare($"""
            SELECT {Columns(hourly: false)}count(*) FROM ledger WHERE attempt > 1 AND started >= ?1 AND started < ?2{Filters}
            AND EXISTS (SELECT 1 FROM ledger AS earlier WHERE earlier.request = ledger.request AND earlier.attempt < ledger.attempt
              AND earlier.started >= ?1 AND earlier.started < ?2{Filters.Replace("OR ", "OR earlier.", StringComparison.Ordinal)}{same})
            {(groups.Length > 0 ? " GROUP BY " + groups : "")}
            """);
        BindFilters(select.Bind(1, _since).Bind(2, _until));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (select.Step())
            counts.Add(Key(Group(select)), select.Long(_dimensions.Count));
        return counts;
    }

    private void BindPeriod(SqliteStatement select)
    {
        long firstHour = UnixMicros.HourOf(_since) + (_since % UnixMicros.PerHour == 0 ? 0 : 1);
        long endHour = UnixMicros.HourOf(_until);
        if (firstHour >= endHour)
        {
            select.Bind(1, 0).Bind(2, 0).Bind(3, _since).Bind(4, _until).Bind(5, 0).Bind(6, 0);
        }
        else
        {
            select.Bind(1, firstHour).Bind(2, endHour).Bind(3, _since).Bind(4, firstHour * UnixMicros.PerHour)
                .Bind(5, endHour * UnixMicros.PerHour).Bind(6, _until);
        }
        BindFilters(select);
    }

    private void BindFilters(SqliteStatement select) => select.Bind(7, _query.Tenant).Bind(8, _query.Team).Bind(9, _query.KeyId)
        .Bind(10, _query.Model is null ? null : TermTable.Cut(_query.Model))
        .Bind(11, _query.Kind is { } kind ? (kind == UsageKind.Copy ? 1L : 0L) : (long?)null);

    private string Columns(bool hourly) => string.Concat(_dimensions.Select((d, i) =>
        $"{(d == UsageDimension.Day && hourly ? $"hour / {HoursPerDay}" : Expression(d, ""))} AS d{i}, "));

    private static string Expression(UsageDimension dimension, string table) => dimension switch
    {
        UsageDimension.Tenant => table + "tenant",
        UsageDimension.Team => table + "team",
        UsageDimension.Key => table + "key",
        UsageDimension.Model => table + "model",
        UsageDimension.Provider => table + "provider",
        UsageDimension.Kind => table + "shadow",
        UsageDimension.Day => $"{table}started / {HoursPerDay * UnixMicros.PerHour}",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    private List<string> Group(SqliteStatement row) => [.. _dimensions.Select((d, i) => d switch
    {
        UsageDimension.Day => DateOnly.FromDayNumber((int)row.Long(i) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageDimension.Kind => row.Long(i) == 0 ? UsageKinds.Call : UsageKinds.Copy,
        _ => _terms.Required(row.Long(i)),
    })];

    private static string Key(IReadOnlyList<string> group) => string.Join('\u001f', group);

    private int Compare(UsageRow a, UsageRow b)
    {
        int day = _dimensions.IndexOf(UsageDimension.Day);
        int order = day < 0 ? 0 : string.CompareOrdinal(a.Group[day], b.Group[day]);
        if (order == 0)
            order = b.Cost.Picos.CompareTo(a.Cost.Picos);
        return order != 0 ? order : string.CompareOrdinal(Key(a.Group), Key(b.Group));
    }
}
