namespace Weir.Core.Configuration.Documents;

/// <summary>Where a secret is kept; exactly one member is set. Never the secret.</summary>
public sealed record SecretRef
{
    public string? FromEnv { get; init; }
    public string? FromFile { get; init; }

    /// <summary>For people and records: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public override string ToString() => FromEnv is not null ? $"env:{FromEnv}" : $"file:{FromFile}";
}
