namespace Weir.Core.Continuity;

/// <summary>Where a provider keeps something for a tenant.</summary>
/// <param name="Provider">Name of the configured provider.</param>
/// <param name="Credential">Name of the provider's credential it was made with, or null: the provider needs none.</param>
public sealed record AnswerPlace(string Provider, string? Credential)
{
    /// <summary>Certainly another account: another provider, or another credential of the same one.</summary>
    public bool IsApartFrom(AnswerPlace other) => Provider != other.Provider || (Credential is not null && other.Credential is not null && Credential != other.Credential);

    /// <summary>As it is stored; names hold no line breaks.</summary>
    public override string ToString() => Credential is null ? Provider : $"{Provider}\n{Credential}";

    /// <summary>Of what <see cref="ToString"/> gave.</summary>
    public static AnswerPlace Parse(string text) => text.Split('\n', 2) is [var provider, var credential] ? new AnswerPlace(provider, credential) : new AnswerPlace(text, null);
}
