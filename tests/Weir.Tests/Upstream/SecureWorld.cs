using System.Text.Json;
using Weir.Core.Metering;
using Weir.Testing.Upstreams;
using Weir.Tests.Hosting;
using Weir.Tests.Stores;
using Weir.Tests.Support;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Upstream;

/// <summary>A gateway whose one provider is reached over TLS, perhaps through a proxy.</summary>
internal sealed class SecureWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestCertificates Certificates { get; } = new();

    /// <summary>A file of this text, as a reference in the configuration.</summary>
    public string FileWith(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return $$"""{fromFile: "{{_folder.File(name)}}"}""";
    }

    public string CaBundle => $"caBundle: {FileWith("ca.pem", Certificates.RootPem)}";

    /// <summary>Starts a gateway in front of <paramref name="upstream"/>.</summary>
    /// <param name="upstream">Base URL of the provider.</param>
    /// <param name="tls">Settings of its <c>tls</c>, comma-separated; empty for none.</param>
    /// <param name="proxy">Its <c>proxy</c>, or empty.</param>
    /// <param name="standby">The simulator stands by as second target.</param>
    public Task<WeirFixture> StartAsync(Uri upstream, string tls, string proxy = "", bool standby = false) => WeirFixture.StartAsync($$"""
        server: {drainTimeout: 0s}
        providers:
          - name: far
            kind: openai-compatible
            baseUrl: "{{upstream}}"
            allowPrivateNetwork: true
            {{(tls.Length == 0 ? "" : $"tls: {{{tls}}}")}}
            {{(proxy.Length == 0 ? "" : $"proxy: {{{proxy}}}")}}
          - {name: near, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: } }
        models:
          - {name: m, targets: [{provider: far}{{(standby ? ", {provider: near}" : "")}}] }
        """);

    /// <summary>
    /// Calls natively and translated, whole and streamed, and checks that each got a typed error in its own dialect that
    /// was settled as <paramref name="outcome"/>, free of charge where nobody was reached. Returns the reasons the decision records give.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReasonsOfFailureAsync(WeirFixture weir, string code, AttemptOutcome outcome = AttemptOutcome.Unreachable)
    {
        var reasons = new List<string>();
        foreach (var path in new[] { ChatPath, MessagesPath })
        {
            foreach (var stream in new[] { false, true })
            {
                var answer = await weir.CallAsync(path, "m", "hello", stream);

                Assert.True(answer is { Status: 502, Clean: true, HasError: true }, answer.ToString());
                Assert.Equal(path == MessagesPath, answer.Json.TryGetProperty("type", out var type) && type.GetString() == "error");
                if (path == ChatPath)
                    Assert.Equal(code, answer.Error.GetProperty("code").GetString());
                var (request, attempts) = await weir.RecordOfAsync(answer);
                Assert.Equal((code, 502), (request.Outcome, request.Status));
                var settled = Assert.Single(attempts).Settlement!;
                Assert.Equal((outcome, code), (settled.Outcome, settled.ErrorCode));
                if (outcome == AttemptOutcome.Unreachable)
                    Assert.Equal(UsageSource.None, settled.UsageSource);
                var error = JsonDocument.Parse(request.Decision).RootElement.GetProperty("attempts")[0].GetProperty("error");
                var reason = error.GetProperty("reason").GetString()!;
                Assert.DoesNotContain(reason, answer.Text, StringComparison.Ordinal);
                reasons.Add(reason);
            }
        }
        return reasons;
    }

    public void Dispose()
    {
        Certificates.Dispose();
        _folder.Dispose();
    }
}
