using Weir.Core.Configuration;

namespace Weir.Admin.Contracts;

/// <summary>
/// One diagnostic; also the element of <c>weir check --json</c>.
/// <paramref name="Severity"/>: <c>error</c> or <c>warning</c>.
/// </summary>
public sealed record DiagnosticView(string Code, string Severity, string File, int Line, int Column, string Path, string Message, string? Hint)
{
    public static DiagnosticView From(Diagnostic d) =>
        new(d.Code, d.Severity == Core.Configuration.Severity.Error ? "error" : "warning", d.File, d.Line, d.Column, d.Path, d.Message, d.Hint);
}

/// <summary>A provider without its secret: only where the secret came from.</summary>
public sealed record ProviderView(string Name, string Kind, string BaseUrl, IReadOnlyList<string> Dialects, string? CredentialSource);

/// <summary>One place a model can be served.</summary>
public sealed record TargetView(string Name, string Provider, string Model, bool Priced);

/// <summary>A public model name.</summary>
public sealed record ModelView(string Name, bool Listed, IReadOnlyList<TargetView> Targets);

/// <summary>Answer of <c>GET /admin/v1/config</c> and of a successful reload.</summary>
public sealed record ConfigurationView(long Version, string Hash, DateTimeOffset LoadedAt, string PriceBook, IReadOnlyList<ProviderView> Providers,
    IReadOnlyList<ModelView> Models, int Keys, IReadOnlyList<DiagnosticView> Warnings, FaultView? Fault);

/// <summary>Answer (422) of a refused reload: the last good configuration stays in force.</summary>
public sealed record ReloadRefused(ErrorView Error, IReadOnlyList<DiagnosticView> Diagnostics);
