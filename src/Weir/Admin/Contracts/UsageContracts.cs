namespace Weir.Admin.Contracts;

/// <summary>Tokens in disjoint classes (<c>Input</c> and <c>Output</c> are the sums of theirs), and what is not sold by the token.</summary>
public sealed record TokenCounts(long Input, long Output, long InputUncached, long CacheRead, long CacheWrite5m, long CacheWrite1h,
    long InputAudio, long InputImage, long OutputVisible, long Reasoning, long OutputAudio, long OutputImage, long SearchUnits,
    long Images, long AudioSeconds, long Characters);

/// <summary>
/// One group of <c>GET /admin/v1/usage</c>.
/// <paramref name="Group"/>: One value per dimension asked for.
/// <paramref name="Labels"/>: The same for people: key names instead of key ids.
/// <paramref name="CostPicos"/>: Pico-dollars (10⁻¹² USD).
/// <paramref name="CostUsd"/>: The same as exact decimal text.
/// <paramref name="Estimated"/>: Attempts whose cost is an estimate.
/// <paramref name="Unpriced"/>: Attempts that used something nobody could price: the cost is a lower bound when above zero.
/// </summary>
public sealed record UsageLine(IReadOnlyList<string> Group, IReadOnlyList<string> Labels, long Calls, long Attempts, TokenCounts Tokens,
    long CostPicos, string CostUsd, long Estimated, long Unpriced);

/// <summary>Answer of <c>GET /admin/v1/usage</c>. <c>Until</c> is exclusive; both null = everything.</summary>
public sealed record UsageReport(IReadOnlyList<string> By, DateTimeOffset? Since, DateTimeOffset? Until, IReadOnlyList<UsageLine> Rows, UsageLine Total);
