using System.Collections.Frozen;
using Weir.Core.Configuration.Documents;
using Weir.Core.Providers;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Configuration.Compilation;

/// <summary>The pool of a provider document.</summary>
internal static class PoolCompiler
{
    /// <summary>The address that stands for the whole pool: what an attempt's endpoint takes the place of. Null without a pool.</summary>
    public static Uri? BaseUrl(ProviderSpec spec) => spec.Pool switch
    {
        null => null,
        { Dns: { } dns } => new UriBuilder(Uri.UriSchemeHttp, dns.Name, (int)dns.Port, PathOf(dns)).Uri,
        { Endpoints: [var first, ..] } => first,
        _ => null,
    };

    public static PoolSettings? Compile(ProviderSpec spec, ProviderKind kind)
    {
        if (spec.Pool is not { } pool)
            return null;
        return new PoolSettings
        {
            Endpoints = pool.Endpoints ?? [],
            Dns = pool.Dns is { } dns ? new PoolDns(dns.Name, (int)dns.Port, PathOf(dns), dns.Refresh) : null,
            Metrics = Metrics(pool.Metrics, kind),
            PrefixAffinity = pool.PrefixAffinity,
            QueueLimit = (int)pool.QueueLimit,
            Priorities = Priorities(pool.Priorities),
        };
    }

    private static string PathOf(PoolDnsSpec dns) => "/" + dns.Path.Trim('/');

    private static PoolMetrics? Metrics(PoolMetricsSpec spec, ProviderKind kind)
    {
        if (!spec.Enabled || (spec.Engine ?? EngineOf(kind.Name)) is not { } engine)
            return null;
        var path = spec.Path ?? (engine == EngineKind.Ollama ? "/api/ps" : "/metrics");
        return new PoolMetrics(engine, "/" + path.TrimStart('/'), (int?)spec.Port ?? (engine == EngineKind.Triton ? 8002 : null), spec.Interval);
    }

    private static EngineKind? EngineOf(string kind) => kind switch
    {
        "vllm" => EngineKind.Vllm,
        "sglang" => EngineKind.Sglang,
        "tgi" => EngineKind.Tgi,
        "triton" => EngineKind.Triton,
        "llamacpp" => EngineKind.LlamaCpp,
        "ollama" => EngineKind.Ollama,
        _ => null,
    };

    private static PriorityRules Priorities(PoolPrioritiesSpec spec)
    {
        var classes = new Dictionary<string, PriorityClass>(StringComparer.OrdinalIgnoreCase);
        foreach (var (values, meaning) in new[] { (spec.High, PriorityClass.High), (spec.Normal, PriorityClass.Normal), (spec.Low, PriorityClass.Low) })
        {
            foreach (var value in values)
                classes[value] = meaning;
        }
        return new PriorityRules { Default = spec.Default, Label = spec.Label, Header = spec.Header, Classes = classes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) };
    }
}
