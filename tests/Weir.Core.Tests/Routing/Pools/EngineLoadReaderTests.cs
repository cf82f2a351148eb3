using System.Text;
using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

/// <summary>Pages in the shape that the servers write, with figures of our own.</summary>
public sealed class EngineLoadReaderTests
{
    private const string Vllm = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="base"} 7.0
        # TYPE vllm:num_requests_waiting gauge
        vllm:num_requests_waiting{engine="0",model_name="base"} 3.0
        # TYPE vllm:kv_cache_usage_perc gauge
        vllm:kv_cache_usage_perc{engine="0",model_name="base"} 0.4215
        vllm:cache_config_info{block_size="16",cache_dtype="auto",num_cpu_blocks="None",num_gpu_blocks="2500",sliding_window="None"} 1.0
        vllm:lora_requests_info{max_lora="4",running_lora_adapters="old",waiting_lora_adapters=""} 1.7635e+09
        vllm:lora_requests_info{max_lora="4",running_lora_adapters="sql, legal",waiting_lora_adapters="poems"} 1.7636e+09
        vllm:time_to_first_token_seconds_bucket{le="+Inf",model_name="base"} 12.0
        process_start_time_seconds 1.76e+09
        """;

    [Fact]
    public void Vllm_tells_queue_batch_cache_its_size_and_adapters()
    {
        var load = Read(EngineKind.Vllm, Vllm)!;

        Assert.Equal((3, 7, 0.4215, 40_000L), (load.Waiting, load.Running, load.CacheUse, load.CacheTokens));
        Assert.Equal(["legal", "poems", "sql"], load.Loaded.Order());
    }

    [Fact]
    public void Ranks_of_one_vllm_add_up_and_the_fullest_cache_counts()
    {
        var load = Read(EngineKind.Vllm, """
            vllm:num_requests_waiting{engine="0"} 2
            vllm:num_requests_waiting{engine="1"} 5
            vllm:gpu_cache_usage_perc{engine="0"} 0.5
            vllm:gpu_cache_usage_perc{engine="1"} 0.9
            """)!;

        Assert.Equal((7, 0, 0.9), (load.Waiting, load.Running, load.CacheUse));
        Assert.Null(load.CacheTokens);
    }

    [Theory]
    [InlineData(EngineKind.Sglang, "sglang:num_queue_reqs{model_name=\"m\"} 4.0\nsglang:num_running_reqs{model_name=\"m\"} 2.0\nsglang:token_usage{model_name=\"m\"} 0.55\nsglang:max_total_num_tokens{model_name=\"m\"} 90000.0\n", 4, 2, 0.55)]
    [InlineData(EngineKind.Tgi, "# TYPE tgi_queue_size gauge\ntgi_queue_size 9\n# TYPE tgi_batch_current_size gauge\ntgi_batch_current_size 5\n", 9, 5, null)]
    [InlineData(EngineKind.Triton, "nv_inference_pending_request_count{model=\"a\",version=\"1\"} 6\nnv_inference_pending_request_count{model=\"b\",version=\"2\"} 1\n", 7, 0, null)]
    [InlineData(EngineKind.LlamaCpp, "llamacpp:requests_processing 1\nllamacpp:requests_deferred 8\n", 8, 1, null)]
    public void The_others_tell_what_they_have(EngineKind engine, string page, double waiting, double running, double? cache)
    {
        var load = Read(engine, page)!;

        Assert.Equal((waiting, running, cache), (load.Waiting, load.Running, load.CacheUse));
    }

    [Fact]
    public void Ollama_tells_which_models_are_in_memory()
    {
        var load = Read(EngineKind.Ollama, """{"models":[{"name":"llama3:latest","model":"llama3:latest","size_vram":5},{"name":"qwen3:8b","model":"qwen3:8b"},7]}""")!;

        Assert.Equal(["llama3", "llama3:latest", "qwen3:8b"], load.Loaded.Order());
    }

    [Theory]
    [InlineData(EngineKind.Vllm, "")]
    [InlineData(EngineKind.Vllm, "<html>not found</html>")]
    [InlineData(EngineKind.Vllm, "sglang:num_queue_reqs 4")]
    [InlineData(EngineKind.Vllm, "vllm:num_requests_waiting NaN\nvllm:num_requests_running +Inf")]
    [InlineData(EngineKind.Ollama, "")]
    [InlineData(EngineKind.Ollama, "[]")]
    [InlineData(EngineKind.Ollama, "{\"models\":{}}")]
    [InlineData(EngineKind.Ollama, "{\"models\":[")]
    public void A_page_of_something_else_tells_nothing(EngineKind engine, string page) => Assert.Null(Read(engine, page));

    [Fact]
    public void A_figure_out_of_range_is_brought_into_it()
    {
        var load = Read(EngineKind.Vllm, "vllm:num_requests_waiting -3\nvllm:kv_cache_usage_perc 1.7\nvllm:cache_config_info{block_size=\"None\",num_gpu_blocks=\"-4\"} 1\n")!;

        Assert.Equal((0, 1.0, null), (load.Waiting, load.CacheUse, load.CacheTokens));
    }

    private static EngineLoad? Read(EngineKind engine, string page) => EngineLoadReader.Read(engine, Encoding.UTF8.GetBytes(page));
}
