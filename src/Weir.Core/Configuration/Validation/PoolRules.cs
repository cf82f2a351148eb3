using Weir.Core.Configuration.Documents;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Validation;

/// <summary>Pools: servers of one's own, at addresses that can stand for each other.</summary>
internal static class PoolRules
{
    public static void Check(Document<ProviderSpec> provider, ProviderKind? kind, DiagnosticBag bag)
    {
        if (provider.Spec.Pool is not { } pool)
            return;
        var path = provider.Path + ".pool";
        if (provider.Spec.BaseUrl is not null)
            bag.Add(DiagnosticCodes.PoolAddress, provider.Path + ".baseUrl", "a provider has one baseUrl or a pool of them", "remove baseUrl, or name it in pool.endpoints");
        foreach (var (dialect, spec) in provider.Spec.Dialects ?? new Dictionary<string, DialectSpec?>())
        {
            if (spec?.BaseUrl is not null)
                bag.Add(DiagnosticCodes.PoolAddress, $"{provider.Path}.dialects.{dialect}.baseUrl", "one server cannot speak a dialect for a whole pool", "leave its baseUrl out: the endpoints speak it");
        }
        if (kind is { RegionalUrl: not null })
            bag.Add(DiagnosticCodes.PoolKind, provider.Path + ".kind", $"kind {kind.Name} is a cloud's service, not a server to have several of", "use the kind of the servers (vllm, sglang, tgi, triton, ollama, llamacpp) or openai-compatible");
        CheckEndpoints(pool, path, bag);
        CheckPriorities(pool.Priorities, path + ".priorities", bag);
        if (pool.Dns is { } dns && (dns.Path.Contains('?', StringComparison.Ordinal) || dns.Path.Contains("://", StringComparison.Ordinal)))
            bag.Add(DiagnosticCodes.BadUrl, path + ".dns.path", "a path alone is needed", "for example /v1");
    }

    private static void CheckEndpoints(PoolSpec pool, string path, DiagnosticBag bag)
    {
        if (pool.Endpoints is not { } endpoints)
            return;
        if (endpoints.Count == 0 && !bag.HasErrorsBelow(path))
            bag.Add(DiagnosticCodes.Missing, path + ".endpoints", "the pool has no endpoint", "name at least one base URL, or use dns");
        for (var i = 1; i < endpoints.Count; i++)
        {
            if (endpoints.Take(i).Contains(endpoints[i]))
                bag.Add(DiagnosticCodes.EndpointTwice, $"{path}.endpoints[{i}]", $"{endpoints[i].Authority} is there already", "remove it: a server is not asked more often for being named twice");
            else if (endpoints[i].AbsolutePath.TrimEnd('/') != endpoints[0].AbsolutePath.TrimEnd('/'))
                bag.Add(DiagnosticCodes.PoolPaths, $"{path}.endpoints[{i}]", $"its path is {endpoints[i].AbsolutePath}, that of the first is {endpoints[0].AbsolutePath}", "make two providers of them, or let all serve the same path");
        }
    }

    private static void CheckPriorities(PoolPrioritiesSpec spec, string path, DiagnosticBag bag)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in new[] { ("high", spec.High), ("normal", spec.Normal), ("low", spec.Low) })
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (!seen.Add(values[i]))
                    bag.Add(DiagnosticCodes.PriorityTwice, $"{path}.{name}[{i}]", $"'{Reading.Printable.Show(values[i])}' means two priorities", "name it once");
            }
        }
        if (seen.Count > 0 && spec.Label is null && spec.Header is null)
            bag.Add(DiagnosticCodes.Missing, path, "nothing says whose values these are", "add label: NAME or header: NAME");
    }
}
