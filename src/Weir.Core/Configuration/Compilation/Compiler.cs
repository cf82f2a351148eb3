using System.Collections.Frozen;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Identity;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Documents without errors → snapshot.</summary>
internal static class Compiler
{
    public static Snapshot Compile(RuleContext context, string hash, long version)
    {
        var documents = context.Documents;
        var routes = new RouteCompiler(context).Compile();
        return new Snapshot
        {
            Version = version,
            Hash = hash,
            LoadedAt = context.Now,
            Providers = context.Sketch.Providers.ToFrozenDictionary(StringComparer.Ordinal),
            Models = context.Sketch.Compiler.WithRoutes(context.Sketch.Models, documents.Routes, routes),
            Routes = new RouteTable(routes),
            Prices = context.Prices,
            Limits = Limits(documents.Server.Limits),
            ObjectProvider = documents.Objects.Provider,
            StreamKeepAlive = documents.Server.Streams.KeepAlive,
            Keys = KeyCompiler.Compile(context),
            Content = ContentCompiler.Compile(context),
            Labels = new LabelTable(documents.Tenants.ToDictionary(t => t.Name, t => t.Spec.Labels, StringComparer.Ordinal),
                documents.Teams.ToDictionary(t => (t.Spec.Tenant, t.Name), t => t.Spec.Labels)),
            TrustedRegionHeader = documents.Server.TrustedRegionHeader,
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
