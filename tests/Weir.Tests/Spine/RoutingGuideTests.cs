using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Core.Identity;
using Weir.Simulator;
using Weir.Testing;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>
/// The first example of docs/guides/routing.md, a route in the short form, run through a gateway: with a key that carries its
/// labels, one that allows callers to set them (made as the guide's command makes it), and one that does neither.
/// </summary>
public sealed partial class RoutingGuideTests
{
    private const string Healthy = "{sim}";
    private const string Down = "http://127.0.0.1:1/v1";

    private static readonly (string, string)[] Headers = [("x-weir-workload", "support"), ("x-weir-sensitivity", "confidential")];

    private static string Page => Repository.Read("docs/guides/routing.md");

    [Fact]
    public async Task Labels_that_the_key_allows_choose_model_region_and_cap()
    {
        await using var weir = await StartAsync(Healthy);
        using var client = await ClientAsync(weir, Key("helpdesk") with { AllowLabels = [.. AllowLabel().Matches(Page).Select(m => m.Groups["label"].Value)] }, Headers);
        await ServesFromEuAsync(weir, client, "azure/gpt-4o", attempts: 1);
    }

    [Fact]
    public async Task Labels_that_the_key_carries_need_no_header()
    {
        await using var weir = await StartAsync(Healthy);
        var labels = new Dictionary<string, string> { ["workload"] = "support", ["sensitivity"] = "confidential" };
        using var client = await ClientAsync(weir, Key("helpdesk") with { Labels = labels });
        await ServesFromEuAsync(weir, client, "azure/gpt-4o", attempts: 1);
    }

    [Fact]
    public async Task The_fallback_answers_and_no_target_elsewhere_is_tried()
    {
        await using var weir = await StartAsync(Down);
        using var client = await ClientAsync(weir, Key("helpdesk") with { AllowLabels = ["workload", "sensitivity"] }, Headers);
        await ServesFromEuAsync(weir, client, "claude/claude-sonnet-4-5", attempts: 2);
    }

    [Fact]
    public async Task A_key_that_does_not_allow_the_labels_is_refused_with_them_and_routed_as_ever_without()
    {
        await using var weir = await StartAsync(Healthy);
        using var labelled = await ClientAsync(weir, Key("labelled"), Headers);
        var refused = await AskAsync(weir, labelled);
        Assert.Equal((403, "label_not_allowed"), (refused.Status, refused.Error.GetProperty("code").GetString()));
        Assert.Empty(weir.Simulator.State.Calls());

        using var plain = await ClientAsync(weir, Key("plain"));
        Assert.Equal("openai/gpt-4o", (await AskAsync(weir, plain)).Headers["x-weir-target"]);
        Assert.Equal(5000, Sent(weir).GetProperty("max_tokens").GetInt64());
    }

    // gpt-eu has a second target elsewhere, which the route's region must keep out.
    private static Task<WeirFixture> StartAsync(string azure) => WeirFixture.StartAsync("""
        server: {drainTimeout: 0s}
        providers:
          - {name: azure, kind: simulated, baseUrl: "{azure}", region: eu-west-1, dialects: {openai-chat: }}
          - {name: claude, kind: simulated, baseUrl: "{sim}", region: eu-central-1, dialects: {anthropic-messages: }}
          - {name: openai, kind: simulated, baseUrl: "{sim}", region: us-east-1, dialects: {openai-chat: }}
        models:
          - {name: gpt-eu, targets: [{provider: azure, model: gpt-4o}, {provider: openai, model: gpt-4o}]}
          - {name: claude-eu, targets: [{provider: claude, model: claude-sonnet-4-5}]}
          - {name: gpt-us, targets: [{provider: openai, model: gpt-4o}]}

        """.Replace("{azure}", azure, StringComparison.Ordinal) + Example().Match(Page).Groups["text"].Value, new SimulatorOptions { CaptureRequests = true });

    private static NewKey Key(string name) => new(name, "default", null, [], null);

    private static async Task<HttpClient> ClientAsync(WeirFixture weir, NewKey key, params (string Name, string Value)[] headers)
    {
        var client = weir.NewClient((await weir.Host.Keys.CreateAsync(key, TestContext.Current.CancellationToken)).Secret);
        foreach (var (name, value) in headers)
            client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    private static Task<Answer> AskAsync(WeirFixture weir, HttpClient client) =>
        weir.PostAsync(WeirFixture.ChatPath, Encoding.UTF8.GetBytes(WeirFixture.Body(WeirFixture.ChatPath, "gpt-us", "hi", stream: false, ",\"max_tokens\":5000")), client);

    private static async Task ServesFromEuAsync(WeirFixture weir, HttpClient client, string target, int attempts)
    {
        var answer = await AskAsync(weir, client);
        Assert.True(answer.Status == 200, answer + answer.Text);
        Assert.Equal((target, attempts.ToString()), (answer.Headers["x-weir-target"], answer.Headers["x-weir-attempts"]));
        Assert.Equal(800, Sent(weir).GetProperty("max_tokens").GetInt64());
        Assert.Single(weir.Simulator.State.Calls());
    }

    private static JsonElement Sent(WeirFixture weir) => JsonDocument.Parse(weir.Simulator.State.Calls()[^1].Request!.Body).RootElement;

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("--allow-label (?<label>[a-z=]+)")]
    private static partial Regex AllowLabel();
}
