using System.Text;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Identity;
using Weir.Core.Metering;

namespace Weir.Tests.Admin;

/// <summary>Calls, entries and keys with round numbers.</summary>
internal static class Fixtures
{
    public const string Decision = """
        {"route":{"asked":"gpt-4o","model":"gpt-4o"},
         "candidates":[{"target":"azure/gpt-4o","state":"removed","reason":"breaker open for another 12 s"},
                       {"target":"openai/gpt-4o","state":"chosen","reason":"first in order"},
                       {"target":"groq/llama-3.3-70b","state":"standby"}],
         "attempts":[{"n":1,"target":"openai/gpt-4o","lane":"native","status":503,"outcome":"failed","ms":120,"error":"overloaded","priceState":"priced","costPicos":0},
                     {"n":2,"target":"groq/llama-3.3-70b","lane":"translate","status":200,"outcome":"ok","ms":1234.5,"ttftMs":210,
                      "usage":{"inputUncached":200,"cacheRead":1000,"outputVisible":40,"reasoning":20},
                      "costPicos":1234567890,"priceState":"estimated","priceRow":"groq/llama-3.3-70b@2025-01-01"}],
         "notes":[{"path":"$.logit_bias","fate":"dropped","reason":"the target's dialect has no such field"},{"path":"$.seed","fate":"kept"}],
         "commit":{"afterMs":331,"frames":3},
         "timing":{"readMs":0.4,"routeMs":0.05,"upstreamMs":1354.5,"totalMs":1360}}
        """;

    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static Usage Usage { get; } = new() { InputUncached = 200, CacheRead = 1000, OutputVisible = 40, Reasoning = 20 };

    public static RequestRecord Call(int number, string outcome = "ok", int status = 200) => new()
    {
        Id = $"req_{number:000}",
        StartedAt = Now.AddSeconds(number),
        Operation = "chat",
        Dialect = "openai-chat",
        Tenant = "acme",
        Team = "platform",
        KeyId = "key_1",
        Model = "gpt-4o",
        Target = outcome == "ok" ? "groq/llama-3.3-70b" : null,
        Stream = true,
        Attempts = outcome == "ok" ? 2 : 0,
        Status = status,
        Outcome = outcome,
        Usage = outcome == "ok" ? Usage : default,
        Cost = outcome == "ok" ? new Money(1_234_567_890) : Money.Zero,
        PriceState = outcome == "ok" ? PriceState.Estimated : PriceState.Priced,
        TimeToFirstToken = outcome == "ok" ? TimeSpan.FromMilliseconds(331) : null,
        Duration = TimeSpan.FromMilliseconds(outcome == "ok" ? 1360 : 2),
        Decision = outcome == "ok" ? Encoding.UTF8.GetBytes(Decision) : default,
    };

    public static IReadOnlyList<LedgerEntry> Attempts(string requestId) =>
    [
        Entry(requestId, 1, "openai", "gpt-4o", new LedgerSettlement
        {
            Outcome = AttemptOutcome.Failed, Status = 503, Usage = default, UsageSource = UsageSource.None, Cost = Money.Zero,
            PriceState = PriceState.Priced, Duration = TimeSpan.FromMilliseconds(120), ErrorCode = "overloaded",
        }),
        Entry(requestId, 2, "groq", "llama-3.3-70b", new LedgerSettlement
        {
            Outcome = AttemptOutcome.Ok, Status = 200, Usage = Usage, UsageSource = UsageSource.Reported, Cost = new Money(1_234_567_890),
            PriceState = PriceState.Estimated, PriceRow = "groq/llama-3.3-70b@2025-01-01", TimeToFirstToken = TimeSpan.FromMilliseconds(210),
            Duration = TimeSpan.FromMilliseconds(1234.5),
        }),
    ];

    public static VirtualKey Key(string id, string name, DateTimeOffset? expires = null, DateTimeOffset? revoked = null, KeyOrigin origin = KeyOrigin.Store) => new()
    {
        Id = id,
        Name = name,
        Tenant = "acme",
        Team = "platform",
        Hash = new KeyHash(0xDEADBEEF, 2, 3, 4),
        Hint = "wk-3fA9…",
        CreatedAt = Now.AddDays(-10),
        ExpiresAt = expires,
        RevokedAt = revoked,
        Origin = origin,
    };

    private static LedgerEntry Entry(string requestId, int attempt, string provider, string model, LedgerSettlement settlement) => new()
    {
        Id = $"{requestId}.{attempt}",
        RequestId = requestId,
        Attempt = attempt,
        StartedAt = Now,
        Tenant = "acme",
        Team = "platform",
        KeyId = "key_1",
        Model = "gpt-4o",
        Provider = provider,
        UpstreamModel = model,
        Operation = "chat",
        Settlement = settlement,
    };
}
