using System.Text;
using System.Text.RegularExpressions;
using Weir.Cli;
using Weir.Core.Identity;
using Weir.Core.Routing.Health;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Testing;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Cli;

/// <summary>
/// What the guide shows is what the command line prints: each block of docs/guides/explain.md is made by running its case
/// through a gateway. Ids, times and durations differ from run to run and are not compared. <c>WEIR_UPDATE=1</c> rewrites the blocks.
/// </summary>
public sealed partial class ExplainGuideTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: eu, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, region: westeurope, residency: [eu], retention: 0d}
          - {name: us, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, region: eastus, residency: [us], retention: 30d}
          - {name: claude, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }, region: eastus}
        prices:
          - {name: large, provider: "*", model: large, input: 2.50, output: 10.00}
          - {name: small, provider: "*", model: small, input: 0.15, output: 0.60}
          - {name: broken, provider: "*", model: broken, input: 2.50, output: 10.00}
          - {name: haiku, provider: "*", model: haiku, input: 1.00, output: 5.00}
          - {name: breaks-off, provider: "*", model: breaks-off, input: 2.50, output: 10.00}
        models:
          - {name: chat, targets: [{provider: eu, model: large}]}
          - {name: reliable, targets: [{provider: us, model: broken}, {provider: eu, model: large}]}
          - {name: anywhere, targets: [{provider: us, model: large}, {provider: claude, model: haiku}, {provider: eu, model: large}]}
          - {name: large, targets: [{provider: us, model: large}]}
          - {name: small, targets: [{provider: us, model: small}]}
          - {name: mixed, targets: [{provider: us, model: broken}, {provider: claude, model: haiku}]}
          - {name: told, targets: [{provider: us, model: breaks-off}, {provider: claude, model: haiku, capabilities: [prefill, tools]}]}
        routes:
          - {name: told, match: {models: [told]}, attempts: {continue: true}}
          - name: confidential
            match: {models: [anywhere], sensitivity: confidential}
            require: {residency: [eu], retention: 0d}
          - name: thrifty
            match: {models: [thrifty]}
            plan: {choice: {by: cost, among: [large, small], explore: 0}}
        """;

    private const string Other = """
        providers:
          - {name: eu, kind: simulated, baseUrl: "http://127.0.0.1:1/v1", dialects: {openai-chat: }, region: westeurope, residency: [eu], retention: 0d, credential: {fromEnv: NOT_SET_ANYWHERE}}
          - {name: us, kind: simulated, baseUrl: "http://127.0.0.1:1/v1", dialects: {openai-chat: }, region: eastus, residency: [us], retention: 30d}
          - {name: claude, kind: simulated, baseUrl: "http://127.0.0.1:1/v1", dialects: {anthropic-messages: }, region: eastus}
        prices:
          - {name: large, provider: "*", model: large, input: 2.50, output: 10.00}
          - {name: small, provider: "*", model: small, input: 0.15, output: 0.60}
          - {name: haiku, provider: "*", model: haiku, input: 1.00, output: 5.00}
        models:
          - {name: chat, targets: [{provider: us, model: small}]}
          - {name: anywhere, targets: [{provider: us, model: large}]}
          - {name: thrifty, targets: [{provider: us, model: small}]}
          - {name: archive, targets: [{provider: eu, model: large}]}
          - {name: mixed, targets: [{provider: claude, model: haiku}]}
        routes:
          - name: confidential
            match: {sensitivity: confidential}
            require: {residency: [eu], retention: 0d}
        """;

    private static readonly string Page = Path.Combine(Repository.Root, "docs/guides/explain.md");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_guide_shows_what_is_printed()
    {
        var script = SimulatorScript.Parse("""{"defaults":{"tokens":12},"rules":[{"match":{"model":"broken"},"do":{"status":503}},{"match":{"model":"breaks-off"},"do":{"tokens":12,"usage":"continuous","end":7}}]}""");
        await using var weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { Script = script },
            breaker: new BreakerPolicy { LongestRest = TimeSpan.Zero, OpenFor = TimeSpan.FromHours(1), LongestOpen = TimeSpan.FromHours(1) }); // one way to rest, and for long
        var key = await weir.Host.Keys.CreateAsync(new NewKey("support-desk", "default", null, [], null) { AllowLabels = ["sensitivity"] }, Cancellation);
        using var app = weir.NewClient(key.Secret);
        var run = new CliRun();
        run.Variables["WEIR_ADMIN_URL"] = weir.Host.AdminAddress.ToString();
        run.Variables["WEIR_ADMIN_TOKEN"] = weir.AdminToken;
        var shown = new Dictionary<string, string>();

        async Task ShowCallAsync(string name, string model, string extra = "", bool stream = false)
        {
            var answer = await weir.PostAsync(WeirFixture.ChatPath, Encoding.UTF8.GetBytes(WeirFixture.Body(WeirFixture.ChatPath, model, "Where is my parcel?", stream, extra)), app);
            await weir.RecordOfAsync(answer);
            shown[name] = await PrintAsync(run, "explain", answer.RequestId!);
        }

        await ShowCallAsync("plain", "chat");
        await ShowCallAsync("failover", "reliable");
        app.DefaultRequestHeaders.Add("x-weir-sensitivity", "confidential");
        await ShowCallAsync("residency", "anywhere");
        app.DefaultRequestHeaders.Remove("x-weir-sensitivity");
        await ShowCallAsync("choice", "thrifty", ",\"max_tokens\":200");
        for (var i = 0; i < 30; i++)
            await weir.PostAsync(WeirFixture.ChatPath, Encoding.UTF8.GetBytes(WeirFixture.Body(WeirFixture.ChatPath, "mixed", "Hello", false)), app);
        await ShowCallAsync("translated", "mixed", ",\"logit_bias\":{\"50256\":-100},\"seed\":7");

        var request = Path.Combine(Path.GetTempPath(), $"weir-{Guid.NewGuid():n}.json");
        var other = Path.ChangeExtension(request, ".yaml");
        try
        {
            await File.WriteAllTextAsync(request, """{"model":"anywhere","max_tokens":300,"messages":[{"role":"user","content":"Where is my parcel?"}]}""", Cancellation);
            await File.WriteAllTextAsync(other, Other, Cancellation);
            shown["dry-run"] = await PrintAsync(run, "explain", "--request", request, "--key", "support-desk", "--label", "sensitivity=confidential");
            var before = weir.Simulator.State.Started;
            shown["simulate-policy"] = (await PrintAsync(run, "simulate-policy", "--config", other, "--since", "2020-01-01", "--until", "2100-01-01"))
                .Replace(Path.GetFileName(other), "new.yaml", StringComparison.Ordinal);
            Assert.Equal(before, weir.Simulator.State.Started);
        }
        finally
        {
            File.Delete(request);
            File.Delete(other);
        }
        // The calls before it are counted above.
        await ShowCallAsync("continued", "told", stream: true);
        Compare(shown);
    }

    private static void Compare(Dictionary<string, string> shown)
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
        {
            page = Block().Replace(page, m => $"<!-- shown: {m.Groups["name"].Value} -->\n```text\n{shown[m.Groups["name"].Value]}```");
            File.WriteAllText(Page, page);
        }
        var blocks = Block().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value);
        Assert.Equal(shown.Keys.Order(), blocks.Keys.Order());
        foreach (var (name, text) in shown)
            Assert.True(Steady(text) == Steady(blocks[name]), $"docs/guides/explain.md shows something else for '{name}': run the test once with WEIR_UPDATE=1\n{Steady(text)}\n---\n{Steady(blocks[name])}");
    }

    private static async Task<string> PrintAsync(CliRun run, params string[] line)
    {
        var (exit, output, error) = await run.RunAsync(null, line);
        Assert.True(exit == ExitCode.Ok, error);
        return output;
    }

    /// <summary>Without what differs from run to run.</summary>
    private static string Steady(string text) => Wide().Replace(Changing().Replace(text, "~"), " ");

    [GeneratedRegex("^<!-- shown: (?<name>[a-z-]+) -->\n```text\n(?<text>.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"[0-9a-hjkmnp-tv-z]{26}|key_\w+|\b[0-9a-f]{12}\b|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ|\d+(\.\d+)? (µs|ms|s)\b")]
    private static partial Regex Changing();

    [GeneratedRegex("[ ─]+")]
    private static partial Regex Wide();
}
