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
        {"config":"0123456789ab",
         "facts":{"dialect":"openai-chat","operation":"chat","tenant":"acme","team":"platform","keyId":"key_1","key":"ci","stream":true,
                  "promptBytes":4800,"inputTokens":1200,"messages":3,"labels":{"workload":"support"}},
         "route":{"asked":"gpt-4o","model":"gpt-4o","name":"support"},
         "steps":[{"node":"fallback","choice":"openai/gpt-4o"}],
         "candidates":[{"target":"openai/gpt-4o","state":"failed","dialect":"openai-chat"},
                       {"target":"groq/llama-3.3-70b","state":"chosen","dialect":"anthropic-messages",
                        "score":{"total":0.25,"parts":[{"by":"cost","value":123.4,"share":0.1},{"by":"latency","value":840,"share":0.15}]}},
                       {"target":"azure/gpt-4o","state":"removed","filter":"health","reason":"its breaker is open"}],
         "attempts":[{"n":1,"target":"openai/gpt-4o","lane":"native","status":503,"outcome":"failed","startMs":0.4,"ms":120,
                      "error":{"code":"upstream_error","party":"upstream","phase":"dispatch","message":"The provider answered 503.","reason":"overloaded"},
                      "usage":{},"usageSource":"none","costPicos":0,"priceState":"priced"},
                     {"n":2,"target":"groq/llama-3.3-70b","lane":"translate","status":200,"outcome":"ok","startMs":121,"ms":1234.5,"ttftMs":210,
                      "usage":{"input":200,"cacheRead":1000,"output":40,"reasoning":20},"usageSource":"reported",
                      "costPicos":1234567890,"priceState":"estimated","priceRow":"groq/llama-3.3-70b@2025-01-01",
                      "notes":[{"path":"$.logit_bias","fate":"dropped","reason":"the target's dialect has no such field"}]}],
         "committedAfterMs":331}
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
