using System.Text.Json;
using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Google;

/// <summary>Credential documents as Google's console and CLI write them.</summary>
internal static class GoogleDocument
{
    /// <exception cref="CredentialException">It is no document of this type.</exception>
    public static JsonElement Parse(Credential document, string type)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document.Reveal());
            if (parsed.RootElement.ValueKind == JsonValueKind.Object && TokenReply.TextOrNull(parsed.RootElement, "type") == type)
                return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Said below; the text itself is a secret.
        }
        throw new CredentialException($"the {document} is not a JSON document of type {type}");
    }

    public static string Text(JsonElement document, string name) =>
        TokenReply.TextOrNull(document, name) is { Length: > 0 } text ? text : throw new CredentialException($"the credential document has no '{name}'");

    /// <summary>An https address in the document.</summary>
    public static Uri TokenUrl(JsonElement document, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url : throw new CredentialException($"the credential document's '{name}' is no https address");
}
