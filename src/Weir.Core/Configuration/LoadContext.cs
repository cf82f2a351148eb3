using Weir.Core.Catalog;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Configuration;

/// <summary>What turning documents into a snapshot needs from the process.</summary>
public sealed record LoadContext
{
    /// <summary>Where referenced secrets are; null = process environment and files beside the configuration file.</summary>
    public ISecretSource? Secrets { get; init; }

    /// <summary>
    /// The configuration is only to be looked at, not to serve: no secret and no file is read, and none is missed. Nothing that
    /// needs one would work.
    /// </summary>
    public bool WithoutSecrets { get; init; }

    /// <summary>The installation's keyed hash of a virtual key's secret.</summary>
    public required Func<string, KeyHash> HashKey { get; init; }

    public required TimeProvider Time { get; init; }
    public ProviderTable Kinds { get; init; } = ProviderTable.Embedded;
    /// <summary>The book that the configuration's prices are laid over.</summary>
    public PriceBook Prices { get; init; } = PriceBook.Embedded;

    /// <summary>Trained intent models; null = none are trained, as where a configuration is only checked.</summary>
    public IntentModelCache? Intents { get; init; }

    /// <summary>Base address of the built-in simulator (with <c>/v1</c>); null = it does not run.</summary>
    public Uri? Simulator { get; init; }
}
