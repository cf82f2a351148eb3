using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Core.Configuration.Documents;
using Weir.Core.Dialects;
using Weir.Core.Telemetry;
using Weir.Telemetry;
using Weir.Tests.Admin;
using Xunit;
using KestrelProtocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols;

namespace Weir.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task Spans_and_metrics_reach_a_collector_over_http_protobuf()
    {
        var received = new ConcurrentDictionary<string, (string? Type, string? Header, byte[] Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path] = (context.Request.ContentType, context.Request.Headers["x-collector-key"], body.ToArray());
        });
        await collector.StartAsync();

        var variables = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First() + "/", ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-collector-key=k1", ["OTEL_SERVICE_NAME"] = "weir-under-test" };
        using var metrics = new WeirMetrics();
        using var tracer = new CallTracer();
        using (var otlp = new OtlpTelemetry(OtlpOptions.Resolve(null, _ => null, "9.9.9", variables.GetValueOrDefault)))
        {
            await otlp.StartAsync(TestContext.Current.CancellationToken);
            Assert.True(otlp.IsExporting);
            Assert.True(tracer.Enabled);
            var call = tracer.StartCall(Operation.Chat, "openai-chat", "req_001", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
            var attempt = tracer.StartAttempt(call, Operation.Chat, FakeSnapshots.Target, 1);
            Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", attempt.TraceParent);
            attempt.End(Fixtures.Attempts("req_001")[1].Settlement!);
            call.End(Fixtures.Call(1));
            metrics.Record(new CallMeasurement
            {
                Operation = Operation.Chat,
                Dialect = "openai-chat",
                Model = "gpt-4o",
                Target = "openai/gpt-4o",
                Provider = "openai",
                Outcome = "ok",
                Tenant = "acme",
                Duration = TimeSpan.FromSeconds(1),
            });
            await otlp.StopAsync(TestContext.Current.CancellationToken);
        }

        var traces = received["/v1/traces"];
        Assert.Equal(("application/x-protobuf", "k1"), (traces.Type, traces.Header));
        foreach (var text in new[] { "weir-under-test", "9.9.9", "chat gpt-4o", "gen_ai.provider.name", "gen_ai.usage.input_tokens", "weir.request.id", "req_001" })
            Assert.True(traces.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0, text + " is missing from the spans");
        Assert.True(received["/v1/metrics"].Body.AsSpan().IndexOf("gen_ai.server.request.duration"u8) >= 0);
    }

    [Theory]
    [InlineData("http/protobuf", "/v1/traces", "application/x-protobuf")]
    [InlineData("grpc", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc")]
    public async Task A_configured_collector_is_spoken_to_in_the_configured_protocol_with_the_configured_headers(string protocol, string path, string contentType)
    {
        var calls = new ConcurrentQueue<(string Path, string Protocol, string? Type, string? Credential, byte[] Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = protocol == "grpc" ? KestrelProtocols.Http2 : KestrelProtocols.Http1));
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            calls.Enqueue((context.Request.Path, context.Request.Protocol, context.Request.ContentType, context.Request.Headers["x-collector-key"], body.ToArray()));
            context.Response.ContentType = contentType;
            if (protocol != "grpc")
                return;
            // An empty message and the trailer that says "ok".
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await collector.StartAsync();

        await using (var weir = await Support.WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: sim, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: } }
            models:
              - {name: chat, targets: [{provider: sim, model: gpt-4o}]}
            telemetry:
              otlp:
                endpoint: {{collector.Urls.First()}}
                protocol: {{protocol}}
                headers:
                  x-collector-key: {fromEnv: COLLECTOR_KEY}
            """, environment: name => name == "COLLECTOR_KEY" ? "key with = and blanks" : null))
        {
            await weir.ChatAsync("chat", "hello");
        }

        var call = Assert.Single(calls, c => c.Path == path);
        Assert.Equal((protocol == "grpc" ? "HTTP/2" : "HTTP/1.1", contentType, "key with = and blanks"), (call.Protocol, call.Type, call.Credential));
        Assert.True(call.Body.AsSpan().IndexOf("weir.request.id"u8) >= 0);
        Assert.Contains(calls, c => c.Path.Contains(protocol == "grpc" ? "MetricsService" : "metrics", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", " ", null)]
    [InlineData("http://a:4318", "http://b:4318", "http://a:4318/")]
    [InlineData(null, "http://b:4318/base/", "http://b:4318/base/")]
    public void The_configuration_wins_over_the_environment(string? configured, string? environment, string? expected) =>
        Assert.Equal(expected, Resolve(configured, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? environment : null)?.Endpoint.ToString());

    [Theory]
    [InlineData(null, false)]
    [InlineData("http/protobuf", false)]
    [InlineData("grpc", true)]
    public void The_environment_names_the_protocol_where_the_configuration_has_no_collector(string? protocol, bool grpc)
    {
        string? Find(string name) => name switch { "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://b:4317", "OTEL_EXPORTER_OTLP_PROTOCOL" => protocol, _ => null };
        Assert.Equal(grpc, Resolve(null, Find)!.Grpc);
        Assert.False(Resolve("http://a:4318", Find)!.Grpc);
    }

    [Fact]
    public void A_disabled_sdk_a_bad_endpoint_and_an_unknown_protocol_are_told_apart()
    {
        Assert.Null(Resolve("http://a:4318", name => name == "OTEL_SDK_DISABLED" ? "true" : null));
        Assert.Contains("localhost:4317", Assert.Throws<FormatException>(() => Resolve(null, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "localhost:4317" : null)).Message);
        Assert.Contains("http/json", Assert.Throws<FormatException>(() => Resolve(null, name => name switch { "OTEL_EXPORTER_OTLP_PROTOCOL" => "http/json", "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://a:4318", _ => null })).Message);
    }

    private static OtlpOptions? Resolve(string? configured, Func<string, string?> variable) =>
        OtlpOptions.Resolve(string.IsNullOrEmpty(configured) ? null : new OtlpSpec { Endpoint = new Uri(configured) }, _ => null, "1", variable);
}
