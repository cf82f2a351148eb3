using System.Text.RegularExpressions;
using Weir.Core.Configuration;
using Weir.Core.Semantics.Intents;
using Weir.Core.Tests.Architecture;
using Weir.Core.Tests.Configuration;

namespace Weir.Core.Tests.Routing.Content;

/// <summary>The examples of the guide to semantic routing are configurations without mistakes.</summary>
public sealed partial class SemanticGuideTests
{
    private const string Models = """
        providers: [{name: openai, kind: openai, credential: {fromEnv: OPENAI_API_KEY}, models: ["text-embedding-3-small"]}]
        models:
          - {name: gpt-5, targets: [{provider: openai}]}
          - {name: gpt-5-mini, targets: [{provider: openai}]}

        """;

    private static readonly LoadContext Context = Kit.Context with { Intents = new IntentModelCache() };

    private static List<string> Examples =>
        [.. Yaml().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs/guides/semantic-routing.md")).ReplaceLineEndings("\n")).Select(m => m.Groups["text"].Value)];

    [Fact]
    public void The_first_example_compiles_and_trains()
    {
        var result = ConfigurationLoader.LoadText(Models + Examples[0], "weir.yaml", Context);
        Assert.True(result.Diagnostics.Count == 0, string.Join('\n', result.Diagnostics));
        Assert.Equal(["refund", "weather"], result.Snapshot!.Content.Intents!.ClassNames);
        Assert.Equal("gpt-5", result.Snapshot.Content.Difficulty!.Strong);
        Assert.Equal(3, result.Snapshot.Routes.All.Count);
    }

    [Fact]
    public void The_example_of_a_classifier_elsewhere_compiles_and_trains_nothing()
    {
        var result = ConfigurationLoader.LoadText(Models + "intents: [{name: refund, examples: [money back]}]\n" + Examples[1], "weir.yaml", Context);
        Assert.True(result.Diagnostics.Count == 0, string.Join('\n', result.Diagnostics));
        Assert.Null(result.Snapshot!.Content.Intents);
        Assert.Equal(TimeSpan.FromMilliseconds(150), result.Snapshot.Content.Classifier!.Deadline);
    }

    [Fact]
    public void A_reload_with_the_same_intents_keeps_their_model()
    {
        var first = ConfigurationLoader.LoadText(Models + Examples[0], "weir.yaml", Context).Snapshot!;
        var second = ConfigurationLoader.LoadText(Models + Examples[0] + "server: {drainTimeout: 1s}\n", "weir.yaml", Context).Snapshot!;
        Assert.Same(first.Content.Intents, second.Content.Intents);
    }

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
