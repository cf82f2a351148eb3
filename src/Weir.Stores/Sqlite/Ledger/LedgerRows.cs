using Weir.Core.Metering;
using Weir.Core.Spine;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Columns of the three tables and how records become rows and come back. Positions count parameters from 1, columns from 0.</summary>
internal static class LedgerRows
{
    public const int EntryCount = 10;

    /// <summary>Columns of <see cref="Request"/>.</summary>
    public const int RequestCount = 34;

    /// <summary>Columns of text below, each with its place for <see cref="TermTable.IdOf(int, string?)"/>.</summary>
    public const int TermPlaces = 23;

    /// <summary>Columns that an intent and a settled attempt share.</summary>
    public const string Entry = "request, attempt, started, tenant, team, key, model, provider, upstream_model, operation";

    public static readonly string Settlement =
        $"outcome, status, usage_source, price_state, cost, {string.Join(", ", UsageColumns.Names)}, "
        + "service_tier, region, price_row, served_model, error_code, first_token, duration, image_kind";

    public static readonly string Request =
        "id, started, operation, dialect, tenant, team, key, model, target, stream, attempts, status, outcome, price_state, cost, "
        + $"{string.Join(", ", UsageColumns.Names)}, service_tier, region, first_token, duration, decision";

    public static string Insert(string table, string columns) =>
        $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", columns.Split(',').Select(_ => "?"))}) ON CONFLICT DO NOTHING";

    /// <summary>Binds 1 to 10; returns the group the entry counts in.</summary>
    public static HourlyTotals.Group BindEntry(SqliteStatement row, LedgerEntry entry, TermTable terms)
    {
        long started = UnixMicros.From(entry.StartedAt);
        var group = new HourlyTotals.Group(
            UnixMicros.HourOf(started), terms.IdOf(0, entry.Tenant), terms.IdOf(1, entry.Team), terms.IdOf(2, entry.KeyId),
            terms.IdOf(3, entry.Model), terms.IdOf(4, entry.Provider), ShadowIds.CallOf(entry.RequestId) is not null);
        row.Bind(1, entry.RequestId).Bind(2, entry.Attempt).Bind(3, started)
            .Bind(4, group.Tenant).Bind(5, group.Team).Bind(6, group.Key).Bind(7, group.Model).Bind(8, group.Provider)
            .Bind(9, terms.IdOf(5, entry.UpstreamModel)).Bind(10, terms.IdOf(6, entry.Operation));
        return group;
    }

    /// <summary>Binds 11 to 37.</summary>
    public static void BindSettlement(SqliteStatement row, LedgerSettlement end, TermTable terms)
    {
        row.Bind(11, (long)end.Outcome).Bind(12, end.Status).Bind(13, (long)end.UsageSource).Bind(14, (long)end.PriceState)
            .Bind(15, end.Cost.Picos);
        UsageColumns.Bind(row, 16, end.Usage);
        row.Bind(30, terms.IdOf(7, end.Usage.ServiceTier)).Bind(31, terms.IdOf(8, end.Usage.Region)).Bind(32, terms.IdOf(9, end.PriceRow))
            .Bind(33, terms.IdOf(10, end.ServedModel)).Bind(34, terms.IdOf(11, end.ErrorCode))
            .Bind(35, UnixMicros.From(end.TimeToFirstToken)).Bind(36, UnixMicros.From(end.Duration)).Bind(37, terms.IdOf(22, end.Usage.ImageKind));
    }

    public static void BindRequest(SqliteStatement row, RequestRecord call, TermTable terms)
    {
        row.Bind(1, call.Id).Bind(2, UnixMicros.From(call.StartedAt)).Bind(3, terms.IdOf(12, call.Operation)).Bind(4, terms.IdOf(13, call.Dialect))
            .Bind(5, terms.IdOf(14, call.Tenant)).Bind(6, terms.IdOf(15, call.Team)).Bind(7, terms.IdOf(16, call.KeyId)).Bind(8, terms.IdOf(17, call.Model))
            .Bind(9, terms.IdOf(18, call.Target)).Bind(10, call.Stream ? 1 : 0).Bind(11, call.Attempts).Bind(12, call.Status)
            .Bind(13, terms.IdOf(19, call.Outcome)).Bind(14, (long)call.PriceState).Bind(15, call.Cost.Picos);
        UsageColumns.Bind(row, 16, call.Usage);
        row.Bind(30, terms.IdOf(20, call.Usage.ServiceTier)).Bind(31, terms.IdOf(21, call.Usage.Region))
            .Bind(32, UnixMicros.From(call.TimeToFirstToken)).Bind(33, UnixMicros.From(call.Duration)).BindBlob(34, call.Decision.Span);
    }

    /// <summary>Reads <see cref="Entry"/> from column 0.</summary>
    public static LedgerEntry ReadEntry(SqliteStatement row, TermReader terms) => new()
    {
        Id = $"{row.Text(0)}.{row.Long(1)}",
        RequestId = row.Text(0),
        Attempt = (int)row.Long(1),
        StartedAt = UnixMicros.ToTime(row.Long(2)),
        Tenant = terms.Required(row.Long(3)),
        Team = terms.Text(row.Long(4)),
        KeyId = terms.Required(row.Long(5)),
        Model = terms.Required(row.Long(6)),
        Provider = terms.Required(row.Long(7)),
        UpstreamModel = terms.Required(row.Long(8)),
        Operation = terms.Required(row.Long(9)),
    };

    /// <summary>Reads <see cref="Settlement"/> from column 10.</summary>
    public static LedgerSettlement ReadSettlement(SqliteStatement row, TermReader terms) => new()
    {
        Outcome = (AttemptOutcome)row.Long(10),
        Status = (int)row.Long(11),
        UsageSource = (UsageSource)row.Long(12),
        PriceState = (Core.Catalog.PriceState)row.Long(13),
        Cost = new(row.Long(14)),
        Usage = UsageColumns.Read(row, 15) with { ServiceTier = terms.Text(row.Long(29)), Region = terms.Text(row.Long(30)), ImageKind = terms.Text(row.Long(36)) },
        PriceRow = terms.Text(row.Long(31)),
        ServedModel = terms.Text(row.Long(32)),
        ErrorCode = terms.Text(row.Long(33)),
        TimeToFirstToken = UnixMicros.ToSpan(row.Nullable(34)),
        Duration = UnixMicros.ToSpan(row.Long(35)),
    };

    /// <summary>Reads <see cref="Request"/> from column 0.</summary>
    public static RequestRecord ReadRequest(SqliteStatement row, TermReader terms) => new()
    {
        Id = row.Text(0),
        StartedAt = UnixMicros.ToTime(row.Long(1)),
        Operation = terms.Required(row.Long(2)),
        Dialect = terms.Required(row.Long(3)),
        Tenant = terms.Required(row.Long(4)),
        Team = terms.Text(row.Long(5)),
        KeyId = terms.Text(row.Long(6)),
        Model = terms.Text(row.Long(7)),
        Target = terms.Text(row.Long(8)),
        Stream = row.Long(9) != 0,
        Attempts = (int)row.Long(10),
        Status = (int)row.Long(11),
        Outcome = terms.Required(row.Long(12)),
        PriceState = (Core.Catalog.PriceState)row.Long(13),
        Cost = new(row.Long(14)),
        Usage = UsageColumns.Read(row, 15) with { ServiceTier = terms.Text(row.Long(29)), Region = terms.Text(row.Long(30)) },
        TimeToFirstToken = UnixMicros.ToSpan(row.Nullable(31)),
        Duration = UnixMicros.ToSpan(row.Long(32)),
        Decision = row.Blob(33).ToArray(),
    };
}
