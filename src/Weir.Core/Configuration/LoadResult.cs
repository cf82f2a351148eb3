using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration;

/// <summary>What loading gave.</summary>
/// <param name="Snapshot">Null when a diagnostic is an error.</param>
/// <param name="Documents">What was read, as far as it could be; also carries <c>server</c> and <c>telemetry</c> for the host.</param>
/// <param name="Diagnostics">Everything wrong or doubtful, in reading order.</param>
/// <param name="Files">Full paths of secret and TLS files referred to, for watching.</param>
/// <param name="Fingerprint">Changes when the text or any secret changes; not reversible.</param>
public sealed record LoadResult(
    Snapshot? Snapshot,
    ConfigurationDocuments Documents,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<string> Files,
    string Fingerprint)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
