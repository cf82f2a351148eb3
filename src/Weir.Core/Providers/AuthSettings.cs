namespace Weir.Core.Providers;

/// <summary>
/// How calls to a provider are authenticated, as configured. Compared by value: what was obtained with it (tokens, learnt
/// clock skew) is kept over a reload while the settings stay the same.
/// </summary>
public abstract record AuthSettings;

/// <summary>A fixed header.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Value">Its whole value, scheme word included.</param>
/// <param name="Secret">The secret inside the value, to recognise it in an upstream's error text.</param>
public sealed record HeaderAuth(string Header, Credential Value, Credential Secret) : AuthSettings
{
    /// <summary>The header of a scheme, or null when the scheme sends none.</summary>
    public static HeaderAuth? Of(AuthScheme scheme, Credential secret) => scheme switch
    {
        AuthScheme.Bearer => new HeaderAuth("Authorization", new Credential("Bearer " + secret.Reveal(), secret.Source), secret),
        AuthScheme.XApiKey => new HeaderAuth("x-api-key", secret, secret),
        AuthScheme.XGoogApiKey => new HeaderAuth("x-goog-api-key", secret, secret),
        AuthScheme.ApiKey => new HeaderAuth("api-key", secret, secret),
        _ => null,
    };
}
