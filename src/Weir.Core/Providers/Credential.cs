namespace Weir.Core.Providers;

/// <summary>A provider secret in memory. Printing it, logging it or serialising it shows only where it came from.</summary>
public sealed class Credential : IEquatable<Credential>
{
    private readonly string _value;

    public Credential(string value, string source)
    {
        _value = value;
        Source = source;
    }

    /// <summary>Where it came from, for people: <c>env:OPENAI_API_KEY</c>, <c>file:/run/secrets/key</c>.</summary>
    public string Source { get; }

    /// <summary>The secret itself: only for building the outgoing header.</summary>
    public string Reveal() => _value;

    /// <summary>Same secret from the same place: what depends on it can be kept over a reload.</summary>
    public bool Equals(Credential? other) => other is not null && other._value == _value && other.Source == Source;

    public override bool Equals(object? obj) => Equals(obj as Credential);

    public override int GetHashCode() => HashCode.Combine(_value, Source);

    public override string ToString() => $"credential from {Source}";
}
