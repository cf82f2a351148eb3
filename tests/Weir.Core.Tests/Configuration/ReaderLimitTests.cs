using Weir.Core.Configuration;

namespace Weir.Core.Tests.Configuration;

/// <summary>A configuration file is input like any other.</summary>
public sealed class ReaderLimitTests
{
    [Fact]
    public void A_file_over_four_MiB_is_refused() =>
        Assert.Equal("WEIR1002", Assert.Single(Kit.Load("# " + new string('x', 4 << 20)).Diagnostics).Code);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void Deep_nesting_is_refused_early(string opening) =>
        Assert.Equal("WEIR1003", Assert.Single(Kit.Load("a: " + string.Concat(Enumerable.Repeat(opening, 100_000))).Diagnostics).Code);

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
        for (var c = 'b'; c <= 'i'; c++)
            text += $"{c}: &{c} [{string.Join(',', Enumerable.Repeat("*" + (char)(c - 1), 10))}]\n";
        Assert.Equal("WEIR1004", Assert.Single(Kit.Load(text).Diagnostics).Code);
    }

    [Fact]
    public void A_few_aliases_are_fine()
    {
        var snapshot = Kit.Good("""
            providers:
              - {name: a, kind: openai, credential: &c {fromEnv: OPENAI_API_KEY}}
              - {name: b, kind: openai, credential: *c}
            """);
        Assert.NotNull(snapshot.Providers["b"].Credential);
    }

    [Fact]
    public void An_alias_inside_its_own_anchor_is_refused() =>
        Assert.Equal("WEIR1015", Assert.Single(Kit.Load("a: &a [*a]").Diagnostics).Code);

    [Fact]
    public void Secrets_never_appear_in_diagnostics()
    {
        const string Secret = "sk-proj-Zm9vYmFyYmF6MTIzNDU2Nzg5";
        foreach (var place in new[] { "kind: X", "baseUrl: X", "X: 1", "color: X", "credential: X", "models: [X]", "headers: {a: X}", "allowPrivateNetwork: X", "timeouts: {connect: X}", "credential: {fromEnv: X}", "dialects: {X: }", "kind: !X a", "a: *X", "name: X" })
        {
            var result = Kit.Load("providers:\n  - name: p\n    " + place.Replace("X", Secret, StringComparison.Ordinal) + "\n");
            Assert.True(result.HasErrors, place);
            Assert.All(result.Diagnostics, d => Assert.False(d.ToString().Contains(Secret, StringComparison.Ordinal), $"{place}: leaked"));
        }
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_text_is_named()
    {
        var directory = Directory.CreateTempSubdirectory("weir-config-");
        try
        {
            var path = Path.Combine(directory.FullName, "weir.yaml");
            Assert.Equal("WEIR1017", Assert.Single(ConfigurationLoader.LoadFile(path, Kit.Context).Diagnostics).Code);
            Assert.Equal("WEIR1017", Assert.Single(ConfigurationLoader.LoadFile(directory.FullName, Kit.Context).Diagnostics).Code);
            File.WriteAllBytes(path, [0x61, 0x3A, 0x20, 0xFF, 0xFE]);
            Assert.Equal("WEIR1017", Assert.Single(ConfigurationLoader.LoadFile(path, Kit.Context).Diagnostics).Code);
            File.WriteAllText(path, "\uFEFFmodels: []\n");
            Assert.NotNull(ConfigurationLoader.LoadFile(path, Kit.Context).Snapshot);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Paths_name_the_place_within_the_document()
    {
        var result = Kit.Load("providers: []\nmodels:\n  - {name: a, targets: [{provider: x, model: y}]}\n");
        Assert.Equal("models[0].targets[0].provider", Assert.Single(result.Diagnostics).Path);
        Assert.StartsWith("weir.yaml:3:36: error WEIR2001:", result.Diagnostics[0].ToString(), StringComparison.Ordinal);
    }
}
