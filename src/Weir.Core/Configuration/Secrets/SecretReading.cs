namespace Weir.Core.Configuration.Secrets;

/// <summary>What reading a secret gave: the value without surrounding whitespace, or null and why.</summary>
public sealed class SecretReading
{
    private SecretReading(string? value, string? problem) => (Value, Problem) = (value, problem);

    /// <summary>The secret, or null when there is none.</summary>
    public string? Value { get; }

    /// <summary>Why there is none, for people (<c>is not set</c>); null when found.</summary>
    public string? Problem { get; }

    public static SecretReading Found(string value) => new(value.Trim(), null);

    public static SecretReading Missing(string problem) => new(null, problem);

    public override string ToString() => Problem ?? "found";
}
