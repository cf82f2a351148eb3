using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Core.Dialects;
using Weir.Core.Telemetry;
using Weir.Telemetry;
using Weir.Tests.Admin;
using Xunit;

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
        using (var otlp = new OtlpTelemetry(OtlpOptions.Resolve(null, "9.9.9", variables.GetValueOrDefault)))
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
    [InlineData(null, null, null)]
    [InlineData("", " ", null)]
    [InlineData("http://a:4318", "http://b:4318", "http://a:4318/")]
    [InlineData(null, "http://b:4318/base/", "http://b:4318/base/")]
    public void The_configuration_wins_over_the_environment(string? configured, string? environment, string? expected) =>
        Assert.Equal(expected, OtlpOptions.Resolve(configured, "1", name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? environment : null)?.Endpoint.ToString());

    [Fact]
    public void A_disabled_sdk_and_a_bad_endpoint_are_told_apart()
    {
        Assert.Null(OtlpOptions.Resolve("http://a:4318", "1", name => name == "OTEL_SDK_DISABLED" ? "true" : null));
        Assert.Contains("localhost:4317", Assert.Throws<FormatException>(() => OtlpOptions.Resolve("localhost:4317", "1", _ => null)).Message);
    }
}
