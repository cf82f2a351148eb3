namespace Weir.Stores.Secrets;

/// <summary>Refuses secrets that somebody could guess.</summary>
internal static class SecretStrength
{
    private const int MinimumLength = 32, MinimumDistinct = 10;

    // Left over from examples and tutorials; compared without case.
    private static readonly string[] Placeholders =
        ["changeme", "change-me", "change_me", "replace", "example", "password", "secret", "default", "your-", "your_", "insecure", "masterkey", "master-key",
         "0123456789", "abcdefgh", "12345678", "qwerty"];

    /// <summary>The trimmed secret.</summary>
    /// <exception cref="StoreException">It is empty, shorter than 32 characters, or guessable; the message does not repeat it.</exception>
    public static string Require(string text, string source)
    {
        string secret = text.Trim();
        if (secret.Length == 0)
            throw new StoreException($"{source} is empty. Restore it from a backup, or use a random value: openssl rand -base64 33");
        if (secret.Length < MinimumLength)
            throw new StoreException($"{source} is too short: at least {MinimumLength} characters, for example from: openssl rand -base64 33");
        if (secret.Distinct().Count() < MinimumDistinct || Placeholders.Any(p => secret.Contains(p, StringComparison.OrdinalIgnoreCase)))
            throw new StoreException($"{source} holds a guessable value. Use a random one: openssl rand -base64 33");
        return secret;
    }
}
