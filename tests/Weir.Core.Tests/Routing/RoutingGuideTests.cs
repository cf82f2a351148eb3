using System.Text.RegularExpressions;
using Weir.Core.Configuration;
using Weir.Core.Tests.Architecture;
using Weir.Core.Tests.Configuration;

namespace Weir.Core.Tests.Routing;

/// <summary>The examples of the guide are configurations without mistakes, and do what the text says.</summary>
public sealed partial class RoutingGuideTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["workload"] = "support", ["sensitivity"] = "confidential" };

    private static string Page => File.ReadAllText(Path.Combine(SourceTree.Root, "docs/guides/routing.md")).ReplaceLineEndings("\n");

    private static string Models => Yaml().Matches(Page).Single(m => m.Groups["kind"].Value == " models").Groups["text"].Value;

    private static List<string> Examples => [.. Yaml().Matches(Page).Where(m => m.Groups["kind"].Length == 0).Select(m => m.Groups["text"].Value)];

    [Fact]
    public void Every_example_compiles_without_a_word_of_warning()
    {
        Assert.True(Examples.Count >= 7, $"{Examples.Count} examples");
        foreach (var example in Examples)
        {
            var result = Load(example);
            Assert.True(result.Diagnostics.Count == 0, $"{example}\n{string.Join('\n', result.Diagnostics)}");
            Assert.NotEmpty(result.Snapshot!.Routes.All);
        }
    }

    [Fact]
    public void The_short_form_and_what_it_is_short_for_take_the_same_calls_to_the_same_places()
    {
        foreach (var example in Examples.Take(2))
        {
            var snapshot = Load(example).Snapshot!;
            Assert.Equal(["azure/gpt-4o", "claude/claude-sonnet-4-5"], RouteKit.Targets(snapshot, RouteKit.Call("gpt-us", labels: Labels)));
            Assert.Equal(800, RouteKit.Decide(snapshot, RouteKit.Call("anything", labels: Labels)).Plan!.Route!.Overrides!.MaxTokens);
            Assert.Equal(["openai/gpt-4o"], RouteKit.Targets(snapshot, RouteKit.Call("gpt-us", labels: new Dictionary<string, string> { ["workload"] = "support" })));
        }
    }

    [Fact]
    public void A_requirement_without_a_plan_holds_for_the_model_asked_for()
    {
        var snapshot = Load(Examples.Single(e => e.Contains("name: confidential", StringComparison.Ordinal))).Snapshot!;
        Assert.Equal(["azure/gpt-4o"], RouteKit.Targets(snapshot, RouteKit.Call("gpt", labels: Labels)));
        var (_, error) = RouteKit.Decide(snapshot, RouteKit.Call("gpt-us", labels: Labels));
        Assert.Equal("no_eligible_target", error?.Code);
        Assert.Contains("openai/gpt-4o: the provider 'openai' is denied", error!.SafeMessage, StringComparison.Ordinal);
        Assert.Equal("model_not_found", RouteKit.Decide(snapshot, RouteKit.Call("qwen")).Error?.Code);
    }

    private static LoadResult Load(string example) => ConfigurationLoader.LoadText(Models + example, "weir.yaml", Kit.Context with
    {
        Secrets = new Kit.Fake(new Dictionary<string, string> { ["AZURE_KEY"] = "azure-credential-1a2b3c", ["CLAUDE_KEY"] = "claude-credential-4d5e6f", ["OPENAI_KEY"] = "openai-credential-7g8h9i" }),
    });

    [GeneratedRegex("^```yaml(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
