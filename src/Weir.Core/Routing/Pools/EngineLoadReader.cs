using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Weir.Core.Routing.Pools;

/// <summary>A page of metrics → <see cref="EngineLoad"/>.</summary>
public static class EngineLoadReader
{
    /// <summary>The load, or null when the page has none of the figures that this kind of server tells.</summary>
    public static EngineLoad? Read(EngineKind engine, ReadOnlySpan<byte> page) => engine == EngineKind.Ollama ? OllamaLoad.Read(page) : ReadMetrics(engine, page);

    private static EngineLoad? ReadMetrics(EngineKind engine, ReadOnlySpan<byte> page)
    {
        var words = new Words(EngineMetricNames.Of(engine));
        var (waiting, running, cache, tokens) = (default(double?), default(double?), default(double?), default(double?));
        var adapters = (At: double.NegativeInfinity, Names: FrozenSet<string>.Empty);
        var samples = new PrometheusText(page);
        while (samples.Read())
        {
            // One server may tell of several engines (data parallel ranks, models): requests add up, the fullest cache counts.
            if (samples.Name.SequenceEqual(words.Waiting))
                waiting = (waiting ?? 0) + Math.Max(0, samples.Value);
            else if (samples.Name.SequenceEqual(words.Running))
                running = (running ?? 0) + Math.Max(0, samples.Value);
            else if (samples.Name.SequenceEqual(words.CacheTokens))
                tokens = Math.Max(tokens ?? 0, samples.Value);
            else if (words.IsCacheUse(samples.Name))
                cache = Math.Max(cache ?? 0, Math.Clamp(samples.Value, 0, 1));
            else if (engine == EngineKind.Vllm && samples.Name.SequenceEqual("vllm:lora_requests_info"u8) && samples.Value >= adapters.At)
                adapters = (samples.Value, Adapters(samples));
            else if (engine == EngineKind.Vllm && samples.Name.SequenceEqual("vllm:cache_config_info"u8))
                tokens = Number(samples.Label("block_size"u8)) * Number(samples.Label("num_gpu_blocks"u8)) ?? tokens;
        }
        if (waiting is null && running is null && cache is null)
            return null;
        return new EngineLoad
        {
            Waiting = waiting ?? 0,
            Running = running ?? 0,
            CacheUse = cache,
            CacheTokens = tokens is > 0 and < 1e12 ? (long)tokens : null,
            Loaded = adapters.Names,
        };
    }

    /// <summary>The gauge's value is the time of its labels: the newest sample counts.</summary>
    private static FrozenSet<string> Adapters(in PrometheusText sample) =>
        $"{sample.Label("running_lora_adapters"u8)},{sample.Label("waiting_lora_adapters"u8)}"
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The names as they stand on the page; a name that there is none of equals no sample's.</summary>
    private sealed class Words(EngineMetricNames names)
    {
        private readonly byte[][] _cacheUse = [.. names.CacheUse.Select(Encoding.UTF8.GetBytes)];

        public byte[] Waiting { get; } = Encoding.UTF8.GetBytes(names.Waiting ?? "");
        public byte[] Running { get; } = Encoding.UTF8.GetBytes(names.Running ?? "");
        public byte[] CacheTokens { get; } = Encoding.UTF8.GetBytes(names.CacheTokens ?? "");

        public bool IsCacheUse(ReadOnlySpan<byte> name)
        {
            foreach (var word in _cacheUse)
            {
                if (name.SequenceEqual(word))
                    return true;
            }
            return false;
        }
    }
}
