using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Tests.Stores;

/// <summary>Random but repeatable attempts and calls.</summary>
internal sealed class LedgerEntries(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(seed);

    public static string RequestId(int n) => $"01K9{n:D22}";

    public static LedgerEntry Open(int request, int attempt = 1, string provider = "openai", DateTimeOffset? at = null) => new()
    {
        Id = $"{RequestId(request)}.{attempt}",
        RequestId = RequestId(request),
        Attempt = attempt,
        StartedAt = at ?? Start,
        Tenant = "acme",
        Team = null,
        KeyId = "key_1",
        Model = "gpt-5",
        Provider = provider,
        UpstreamModel = "gpt-5-2026",
        Operation = "chat",
    };

    /// <summary>Every fifth is the attempt of a copy.</summary>
    public LedgerEntry RandomOpen(int request, int attempt, TimeSpan span) => Open(request, attempt) with
    {
        Id = $"{RequestId(request)}{Copy(request)}.{attempt}",
        RequestId = RequestId(request) + Copy(request),
        StartedAt = Start.AddTicks(_random.NextInt64(span.Ticks / 10) * 10),
        Tenant = Pick("acme", "umbrella", "wayne")!,
        Team = Pick("search", "chat", null),
        KeyId = Pick("key_1", "key_2", "key_3", "key_4")!,
        Model = Pick("gpt-5", "claude-sonnet", "gemini")!,
        Provider = Pick("openai", "anthropic", "google")!,
    };

    private static string Copy(int request) => request % 5 == 0 ? "~1" : "";

    public LedgerEntry RandomSettled(LedgerEntry entry) => entry with
    {
        Settlement = new LedgerSettlement
        {
            Outcome = (AttemptOutcome)_random.Next(7),
            Status = _random.Next(2) == 0 ? 200 : 503,
            UsageSource = UsageSource.Reported,
            Cost = new Money(_random.NextInt64(5_000_000_000_000)),
            PriceState = (PriceState)_random.Next(3),
            PriceRow = Pick("openai/gpt-5@2026-10", null),
            ServedModel = Pick("gpt-5-2026-08", null),
            ErrorCode = Pick("upstream_failed", null),
            TimeToFirstToken = _random.Next(2) == 0 ? null : TimeSpan.FromMicroseconds(_random.Next(1_000_000)),
            Duration = TimeSpan.FromMicroseconds(_random.Next(60_000_000)),
            Usage = RandomUsage(),
        },
    };

    public RequestRecord RandomRequest(int request) => new()
    {
        Id = RequestId(request),
        StartedAt = Start.AddSeconds(request),
        Operation = "chat",
        Dialect = "openai-chat",
        Tenant = Pick("acme", "umbrella", "")!,
        Team = Pick("search", null),
        KeyId = Pick("key_1", "key_2", null),
        Model = Pick("gpt-5", "claude-sonnet", null),
        Target = Pick("openai/gpt-5", null),
        Stream = _random.Next(2) == 0,
        Attempts = _random.Next(3),
        Status = 200,
        Outcome = Pick("ok", "ok", "upstream_failed")!,
        Usage = RandomUsage(),
        Cost = new Money(_random.NextInt64(1_000_000_000)),
        PriceState = PriceState.Priced,
        TimeToFirstToken = TimeSpan.FromMilliseconds(_random.Next(1000)),
        Duration = TimeSpan.FromMilliseconds(_random.Next(60_000)),
        Decision = Enumerable.Range(0, _random.Next(50)).Select(i => (byte)i).ToArray(),
    };

    public Usage RandomUsage() => new()
    {
        InputUncached = Number(),
        CacheRead = Number(),
        CacheWrite5m = Number(),
        CacheWrite1h = Number(),
        InputAudio = Number(),
        InputImage = Number(),
        OutputVisible = Number(),
        Reasoning = Number(),
        OutputAudio = Number(),
        OutputImage = Number(),
        SearchUnits = Number(),
        Images = Number(),
        AudioSeconds = Number(),
        Characters = Number(),
        ServiceTier = Pick("default", "priority", null),
        Region = Pick("eu", null),
    };

    private long Number() => _random.Next(3) == 0 ? 0 : _random.Next(100_000);

    private string? Pick(params string?[] from) => from[_random.Next(from.Length)];
}
