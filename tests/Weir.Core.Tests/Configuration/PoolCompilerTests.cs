using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Configuration;

public sealed class PoolCompilerTests
{
    [Fact]
    public void A_pool_of_vllm_servers_needs_no_more_than_their_addresses()
    {
        var provider = Kit.Load("providers: [{name: gpu, kind: vllm, pool: {endpoints: ['http://10.0.0.1:8000/v1', 'http://10.0.0.2:8000/v1']}}]").Snapshot!.Providers["gpu"];

        Assert.Equal("http://10.0.0.1:8000/v1", provider.BaseUrl.AbsoluteUri);
        Assert.True(provider.AllowPrivateNetwork);
        Assert.Equal((2, true, 64), (provider.Pool!.Endpoints.Count, provider.Pool.PrefixAffinity, provider.Pool.QueueLimit));
        Assert.Equal(new PoolMetrics(EngineKind.Vllm, "/metrics", null, TimeSpan.FromMilliseconds(500)), provider.Pool.Metrics);
    }

    [Fact]
    public void A_name_stands_for_its_addresses()
    {
        var provider = Kit.Load("providers: [{name: gpu, kind: sglang, pool: {dns: {name: sglang.svc.local, port: 30000, path: v1/, refresh: 5s}}}]").Snapshot!.Providers["gpu"];

        Assert.Equal("http://sglang.svc.local:30000/v1", provider.BaseUrl.AbsoluteUri);
        Assert.Equal(new PoolDns("sglang.svc.local", 30000, "/v1", TimeSpan.FromSeconds(5)), provider.Pool!.Dns);
    }

    [Theory]
    [InlineData("kind: triton", "", EngineKind.Triton, "/metrics", 8002)]
    [InlineData("kind: ollama", "", EngineKind.Ollama, "/api/ps", null)]
    [InlineData("kind: openai-compatible", "metrics: {engine: tgi, path: m, port: 9}", EngineKind.Tgi, "/m", 9)]
    public void Metrics_are_where_the_engine_usually_has_them(string kind, string metrics, EngineKind engine, string path, int? port) =>
        Assert.Equal(new PoolMetrics(engine, path, port, TimeSpan.FromMilliseconds(500)), Pool(kind, metrics).Metrics);

    [Theory]
    [InlineData("kind: vllm", "metrics: {engine: none}")]
    [InlineData("kind: openai-compatible", "")]
    public void Nothing_is_asked_for_where_nothing_is_told(string kind, string metrics) => Assert.Null(Pool(kind, metrics).Metrics);

    [Fact]
    public void Values_of_label_and_header_are_compared_without_case()
    {
        var rules = Pool("kind: vllm", "priorities: {label: tier, header: x-priority, default: low, high: [gold], normal: [silver]}").Priorities;

        Assert.Equal(("tier", "x-priority", PriorityClass.Low), (rules.Label, rules.Header, rules.Default));
        Assert.Equal((PriorityClass.High, PriorityClass.Normal), (rules.Of("GOLD", null), rules.Of("silver", "gold")));
    }

    [Fact]
    public void Dialects_below_the_base_url_are_below_the_endpoint_too()
    {
        var provider = Kit.Load("providers: [{name: gpu, kind: ollama, pool: {endpoints: ['http://10.0.0.1:11434/v1', 'http://10.0.0.2:11434/v1']}}]").Snapshot!.Providers["gpu"];

        Assert.Equal("http://10.0.0.2:11434/", new PoolEndpoint(provider.Pool!.Endpoints[1]).Rebase(provider.Dialects["ollama-chat"]!).AbsoluteUri);
    }

    private static PoolSettings Pool(string kind, string more)
    {
        var loaded = Kit.Load($"providers: [{{name: gpu, {kind}, credential: {{fromEnv: OPENAI_API_KEY}}, pool: {{endpoints: ['http://10.0.0.1:8000'], {more}}}}}]");
        Assert.True(loaded.Snapshot!.Providers.ContainsKey("gpu"), string.Join('\n', loaded.Diagnostics));
        return loaded.Snapshot.Providers["gpu"].Pool!;
    }
}
