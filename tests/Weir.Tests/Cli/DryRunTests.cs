using Weir.Cli;
using Weir.Core.Identity;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Cli;

/// <summary>Dry runs and simulations that cannot be had say why; nothing of either leaves the gateway.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"weir-{Guid.NewGuid():n}");
    private readonly CliRun _run = new();
    private WeirFixture _weir = null!;

    public async ValueTask InitializeAsync()
    {
        _weir = await WeirFixture.StartAsync();
        await _weir.Host.Keys.CreateAsync(new NewKey("narrow", "default", null, ["messages"], null), TestContext.Current.CancellationToken);
        _run.Variables["WEIR_ADMIN_URL"] = _weir.Host.AdminAddress.ToString();
        _run.Variables["WEIR_ADMIN_TOKEN"] = _weir.AdminToken;
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_file);
        await _weir.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"model":"chat","messages":[{"role":"user","content":"x"}]}""", "", "sim-chat/")]
    [InlineData("""{"model":"chat","max_tokens":9,"system":"s","messages":[{"role":"user","content":"x"}]}""", "", "anthropic-messages")]
    [InlineData("""{"messages":[{"role":"user","content":[{"text":"x"}]}],"inferenceConfig":{}}""", "--path /model/chat/converse", "bedrock-converse")]
    [InlineData("""{"model":"chat","messages":[{"role":"user","content":"x"}]}""", "--key narrow", "model_not_granted")]
    [InlineData("""{"model":"nothing","messages":[{"role":"user","content":"x"}]}""", "", "model_not_found")]
    public async Task A_request_of_any_api_is_decided_about_and_nothing_is_sent(string body, string options, string shown)
    {
        await File.WriteAllTextAsync(_file, body, TestContext.Current.CancellationToken);
        var (exit, output, error) = await _run.RunAsync(null, ["explain", "--request", _file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains(shown, output);
        Assert.Equal(0, _weir.Simulator.State.Started);
        Assert.Empty(await _weir.Ledger.ListAsync(new Core.Metering.RequestQuery(10), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"contents":[]}""", "", "does not say which API")]
    [InlineData("""{"model":"chat"}""", "--path /v1/nowhere", "not posted to '/v1/nowhere'")]
    [InlineData("""{"model":"chat","messages":[{"role":"user","content":"x"}]}""", "--key nobody", "There is no key 'nobody'")]
    [InlineData("""{"model":"chat","messages":7}""", "", "messages")]
    [InlineData("""{"model":""", "", "is not JSON")]
    [InlineData("""{"model":"chat","messages":[]}""", "--label nothing", "is not NAME=VALUE")]
    public async Task What_cannot_be_decided_about_says_why(string body, string options, string why)
    {
        await File.WriteAllTextAsync(_file, body, TestContext.Current.CancellationToken);
        var (exit, output, error) = await _run.RunAsync(null, ["explain", "--request", _file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.NotEqual(ExitCode.Ok, exit);
        Assert.Equal("", output);
        Assert.Contains(why, error);
    }

    [Fact]
    public async Task A_configuration_with_errors_is_refused_with_their_lines()
    {
        await File.WriteAllTextAsync(_file, "models: [{name: a, targets: [{provider: nobody}]}]\n", TestContext.Current.CancellationToken);
        var (exit, _, error) = await _run.RunAsync(null, "simulate-policy", "--config", _file);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("line 1: ", error);
        Assert.Contains("nobody", error);
    }

    [Fact]
    public async Task Secrets_of_the_other_configuration_are_neither_needed_nor_read()
    {
        await File.WriteAllTextAsync(_file, """
            providers:
              - {name: p, kind: openai-compatible, baseUrl: "https://p.example.com/v1", credential: {fromEnv: NOT_SET_ANYWHERE}, tls: {caBundle: {fromFile: nowhere.pem}}, models: "*"}
            keys: [{name: k, secret: {fromFile: nowhere.txt}}]
            """, TestContext.Current.CancellationToken);
        await _weir.ChatAsync("chat", "Hello");
        var (exit, output, error) = await _run.RunAsync(null, "simulate-policy", "--config", _file, "--since", "2020-01-01", "--until", "2100-01-01", "--json");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        using var report = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(1, report.RootElement.GetProperty("decided").GetInt32());
        Assert.Equal("model_not_found", report.RootElement.GetProperty("blocked")[0].GetProperty("reason").GetString());
    }
}
