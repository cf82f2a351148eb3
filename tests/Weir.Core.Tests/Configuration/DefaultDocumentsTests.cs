using Weir.Core.Configuration;
using Weir.Core.Configuration.Secrets;

namespace Weir.Core.Tests.Configuration;

public sealed class DefaultDocumentsTests
{
    private static LoadResult Load(Uri? simulator, params string[] variables)
    {
        string? Find(string name) => variables.Contains(name) ? "credential-of-" + name : null;
        var documents = DefaultDocuments.FromEnvironment(Find, simulator);
        return ConfigurationLoader.LoadDocuments(documents, "environment", Kit.Context with { Secrets = new SystemSecrets("/", Find) });
    }

    [Fact]
    public void Each_known_key_in_the_environment_makes_a_provider()
    {
        var result = Load(null, "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "GROQ_API_KEY", "HOME");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["anthropic", "google", "groq", "openai"], result.Snapshot!.Providers.Keys.Order());
        var models = result.Snapshot.Models;
        Assert.Equal("openai/gpt-5-mini", models.Resolve("gpt-5-mini")!.Targets[0].Name);
        Assert.Equal("openai/gpt-5-mini", models.Resolve("openai/gpt-5-mini")!.Targets[0].Name);
        Assert.Equal("anthropic/claude-sonnet-4-5", models.Resolve("claude-sonnet-4-5")!.Targets[0].Name);
        Assert.Equal("google/gemini-2.5-flash", models.Resolve("gemini-2.5-flash")!.Targets[0].Name);
        Assert.Equal("openai/gpt-oss-120b", models.Resolve("groq/openai/gpt-oss-120b")!.Targets[0].Name[5..]);
        Assert.Null(models.Resolve("demo"));
    }

    [Fact]
    public void Every_kind_with_a_conventional_variable_compiles()
    {
        var variables = Weir.Core.Providers.ProviderTable.Embedded.Kinds.SelectMany(k => k.Environment).ToArray();
        var result = Load(new Uri("http://127.0.0.1:5000/v1"), variables);
        Assert.Empty(result.Diagnostics);
        Assert.True(result.Snapshot!.Providers.Count > 15);
    }

    [Fact]
    public void The_simulator_serves_demo_without_any_key()
    {
        var snapshot = Load(new Uri("http://127.0.0.1:5000/v1")).Snapshot!;
        var target = Assert.Single(snapshot.Models.Resolve("demo")!.Targets);
        Assert.Equal("http://127.0.0.1:5000/v1", target.Provider.BaseUrl.ToString());
        Assert.True(target.Provider.AllowPrivateNetwork);
    }

    [Fact]
    public void Nothing_in_the_environment_is_an_empty_configuration() => Assert.Empty(Load(null).Snapshot!.Providers);
}
