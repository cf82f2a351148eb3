using System.Collections.Frozen;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Tests.Admin;

internal sealed class FakeSnapshots : ISnapshotSource
{
    public const string ProviderSecret = "sk-canary-provider-secret";

    public Snapshot Current { get; set; } = Default;

    public static Snapshot Default => Make();

    public ConfigurationFault? Fault { get; set; }

    public static Target Target { get; } = new()
    {
        Name = "openai/gpt-4o",
        Provider = new Provider
        {
            Name = "openai",
            Kind = "openai",
            BaseUrl = new Uri("https://user:canary-url-password@api.example.test/v1?key=canary-query-secret"),
            Dialects = new Dictionary<string, Uri?> { ["openai-chat"] = null },
            Auth = AuthScheme.Bearer,
            Credential = new Credential(ProviderSecret, "env:OPENAI_API_KEY"),
            PriceProvider = "openai",
            Timeouts = UpstreamTimeouts.Default,
            TelemetryName = "openai",
        },
        Model = "gpt-4o",
        Prices = PriceSchedule.Unpriced,
        DefaultMaxOutputTokens = 4096,
    };

    private static Snapshot Make() => new()
    {
        Version = 3,
        Hash = "0123456789ab",
        LoadedAt = Fixtures.Now.AddSeconds(-90),
        Providers = new Dictionary<string, Provider> { ["openai"] = Target.Provider }.ToFrozenDictionary(),
        Models = new ModelTable([new PublicModel { Name = "gpt-4o", Targets = [Target] }]),
        Prices = PriceBook.Embedded,
        Limits = RequestLimits.Default,
        Keys = FrozenDictionary<KeyHash, VirtualKey>.Empty,
        Teams = new Dictionary<string, string> { ["platform"] = "acme" }.ToFrozenDictionary(),
    };
}
