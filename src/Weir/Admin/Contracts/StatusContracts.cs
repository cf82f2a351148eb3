namespace Weir.Admin.Contracts;

/// <summary>Answer of <c>GET /admin/v1/version</c>.</summary>
public sealed record VersionView(string Version, string Runtime, string Os, string Architecture);

/// <summary>Answer of <c>GET /readyz</c> without a token.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (serving, something needs attention) or <c>not_ready</c> (503).</param>
public sealed record ReadySummary(string Status);

/// <summary>Answer of <c>GET /readyz</c> with a token. <paramref name="CertificateProblem"/>: why a replaced TLS certificate is not in use.</summary>
public sealed record ReadyView(string Status, string Version, double UptimeSeconds, bool Draining, ConfigurationState? Configuration, LedgerState Ledger,
    string? CertificateProblem);

/// <summary>The configuration in force and what is wrong with a newer one.</summary>
public sealed record ConfigurationState(long Version, string Hash, DateTimeOffset LoadedAt, double AgeSeconds, FaultView? Fault);

/// <summary>A refused configuration.</summary>
public sealed record FaultView(DateTimeOffset At, IReadOnlyList<DiagnosticView> Diagnostics);

/// <summary>State of the ledger's writer.</summary>
public sealed record LedgerState(bool Ok, long QueueDepth, string? Problem);

/// <summary>Every error of the admin API.</summary>
public sealed record ErrorBody(ErrorView Error);

/// <summary>What went wrong and what to do about it.</summary>
public sealed record ErrorView(string Code, string Message, string? Hint);
