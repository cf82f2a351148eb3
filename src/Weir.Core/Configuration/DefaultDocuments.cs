using Weir.Core.Catalog;
using Weir.Core.Configuration.Documents;
using Weir.Core.Providers;

namespace Weir.Core.Configuration;

/// <summary>
/// The configuration of a process that has no file: a provider for each well-known credential in the environment, its
/// models under <c>provider/…</c> and under the plain names applications already use, and <c>demo</c> on the simulator.
/// </summary>
public static class DefaultDocuments
{
    /// <param name="variables">Looks up an environment variable.</param>
    /// <param name="simulator">Base URL of the running simulator, or null.</param>
    /// <param name="table">Provider table; the embedded one when null.</param>
    public static ConfigurationDocuments FromEnvironment(Func<string, string?> variables, Uri? simulator = null, ProviderTable? table = null)
    {
        var providers = new List<Document<ProviderSpec>>();
        var models = new List<Document<ModelSpec>>();
        var prices = new List<Document<PriceSpec>>();
        foreach (var kind in (table ?? ProviderTable.Embedded).Kinds)
        {
            if (kind.Environment.FirstOrDefault(v => !string.IsNullOrWhiteSpace(variables(v))) is not { } variable)
                continue;
            var region = kind.RegionalUrl is null ? null : variables("AWS_REGION") ?? variables("AWS_DEFAULT_REGION");
            if (kind.RegionalUrl is not null && string.IsNullOrWhiteSpace(region))
                continue;
            var name = NameOf(kind);
            Add(providers, name, new ProviderSpec { Kind = kind.Name, Region = region, Credential = new SecretRef { FromEnv = variable }, Models = ["*"] }, "providers");
            foreach (var plain in kind.PlainNames)
                Add(models, plain, Served(name, plain), "models");
        }
        if (simulator is not null)
        {
            Add(providers, "simulated", new ProviderSpec { Kind = "simulated", BaseUrl = simulator, AllowPrivateNetwork = true }, "providers");
            Add(models, "demo", Served("simulated", "demo"), "models");
            // Play money, so that usage and cost can be tried out: 1 and 4 dollars per million tokens.
            Add(prices, "demo", new PriceSpec { Provider = "simulated", Model = "*", Input = "1", Output = "4", CacheRead = "0.1", CacheWrite5m = "1.25", CacheWrite1h = "2" }, "prices");
        }
        return new ConfigurationDocuments { Providers = providers, Models = models, Prices = prices };
    }

    // People ask for google/…, not for the endpoint's technical name.
    private static string NameOf(ProviderKind kind) => kind.Name == "gemini" ? "google" : kind.Name;

    private static ModelSpec Served(string provider, string model) => new() { Targets = [new TargetSpec { Provider = provider, Model = model }] };

    private static void Add<T>(List<Document<T>> list, string name, T spec, string kind) =>
        list.Add(new Document<T>(name, spec, $"{kind}[{list.Count}]"));
}
