using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Validation;

/// <summary>Secrets must be references, and what they refer to must be usable and not guessable.</summary>
internal static class SecretRules
{
    private static readonly string[] WellKnown =
    [
        "changeme", "change-me", "change_me", "password", "secret", "example", "placeholder", "your-api-key", "your_api_key",
        "yourapikey", "api-key-here", "insert-key", "todo", "xxxx", "sk-1234", "wk-1234", "12345678", "test-key", "dummy",
    ];

    /// <summary>Looks for credentials anywhere in the file. The value itself is never repeated.</summary>
    public static void CheckLiterals(Node node, string path, DiagnosticBag bag)
    {
        switch (node)
        {
            case ScalarNode scalar when LiteralSecret.LooksLikeOne(scalar.Value):
                bag.Add(DiagnosticCodes.LiteralSecret, scalar.Mark, path, "this looks like a secret written into the file", "move it to an environment variable or file, refer to it, and revoke this one");
                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                    CheckLiterals(sequence.Items[i], $"{path}[{i}]", bag);
                break;
            case MappingNode mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    // Places that take references report text themselves.
                    var reported = value is ScalarNode && (key.Value is "credential" or "secret" || LiteralSecret.IsSecretName(key.Value));
                    if (!reported)
                        CheckLiterals(value, path.Length == 0 ? Printable.Show(key.Value) : $"{path}.{Printable.Show(key.Value)}", bag);
                }
                break;
        }
    }

    /// <summary>Whether a resolved secret is fit for use.</summary>
    public static bool Check(string value, SecretRef reference, string path, int shortest, bool header, DiagnosticBag bag)
    {
        if (header && value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            bag.Add(DiagnosticCodes.SecretNotHeaderSafe, path, $"the secret from {reference} contains spaces, line breaks or non-ASCII characters");
            return false;
        }
        if (IsWellKnown(value))
        {
            bag.Add(DiagnosticCodes.DefaultSecret, path, $"the secret from {reference} is a placeholder");
            return false;
        }
        if (value.Length >= shortest)
            return true;
        bag.Add(DiagnosticCodes.SecretTooShort, path, $"the secret from {reference} has {value.Length} characters; at least {shortest} are needed");
        return false;
    }

    private static bool IsWellKnown(string value)
    {
        var lower = value.ToLowerInvariant();
        return lower.Distinct().Count() <= 2
            || WellKnown.Any(w => lower == w || (lower.StartsWith(w, StringComparison.Ordinal) && lower.Length <= w.Length + 4));
    }
}
