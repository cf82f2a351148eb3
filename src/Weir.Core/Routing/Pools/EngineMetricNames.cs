namespace Weir.Core.Routing.Pools;

/// <summary>What a kind of server calls the figures that count. Null = it does not tell.</summary>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="Running">Requests in the batch.</param>
/// <param name="CacheUse">Share of the KV cache in use, 0 to 1; the first one found counts.</param>
/// <param name="CacheTokens">Size of the KV cache in tokens.</param>
public sealed record EngineMetricNames(string? Waiting, string? Running, IReadOnlyList<string> CacheUse, string? CacheTokens)
{
    /// <summary>
    /// The names of a kind. Sources: docs.vllm.ai/usage/metrics (gpu_cache_usage_perc until V1, kv_cache_usage_perc since),
    /// docs.sglang.io/references/production_metrics, huggingface.co/docs/text-generation-inference/reference/metrics, NVIDIA
    /// Triton's user_guide/metrics, and llama.cpp's tools/server/README. Ollama has no metrics page; see <see cref="OllamaLoad"/>.
    /// </summary>
    public static EngineMetricNames Of(EngineKind engine) => engine switch
    {
        EngineKind.Vllm => new("vllm:num_requests_waiting", "vllm:num_requests_running", ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"], null),
        EngineKind.Sglang => new("sglang:num_queue_reqs", "sglang:num_running_reqs", ["sglang:token_usage"], "sglang:max_total_num_tokens"),
        EngineKind.Tgi => new("tgi_queue_size", "tgi_batch_current_size", [], null),
        EngineKind.Triton => new("nv_inference_pending_request_count", null, [], null),
        EngineKind.LlamaCpp => new("llamacpp:requests_deferred", "llamacpp:requests_processing", ["llamacpp:kv_cache_usage_ratio"], null),
        _ => new(null, null, [], null),
    };
}
