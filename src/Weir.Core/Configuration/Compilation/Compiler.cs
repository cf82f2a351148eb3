using System.Collections.Frozen;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Documents without errors → snapshot.</summary>
internal static class Compiler
{
    public static Snapshot Compile(RuleContext context, string hash, long version)
    {
        var documents = context.Documents;
        var providers = documents.Providers.ToFrozenDictionary(d => d.Name, d => ProviderCompiler.Compile(d, context), StringComparer.Ordinal);
        var prices = context.Prices;
        return new Snapshot
        {
            Version = version,
            Hash = hash,
            LoadedAt = context.Now,
            Providers = providers,
            Models = new ModelCompiler(documents, providers, new TargetFactory(prices)).Compile(),
            Prices = prices,
            Limits = Limits(documents.Server.Limits),
            ObjectProvider = documents.Objects.Provider,
            StreamKeepAlive = documents.Server.Streams.KeepAlive,
            Keys = KeyCompiler.Compile(context),
            Teams = documents.Teams.ToFrozenDictionary(t => t.Name, t => t.Spec.Tenant, StringComparer.Ordinal),
        };
    }

    private static RequestLimits Limits(LimitsSpec spec)
    {
        var standard = RequestLimits.Default;
        return new RequestLimits(
            spec.MaxBody ?? standard.MaxBodyBytes,
            (int)(spec.MaxJsonDepth ?? standard.MaxJsonDepth),
            (int)(spec.MaxHeaders ?? standard.MaxHeaders),
            (int)(spec.MaxHeaderBytes ?? standard.MaxHeaderBytes))
        {
            MaxMessageBytes = spec.MaxMessage ?? standard.MaxMessageBytes,
            MaxUploadBytes = spec.MaxUpload ?? standard.MaxUploadBytes,
        };
    }
}
