using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>An absolute http(s) URL without user name, query or fragment; a trailing slash is taken off.</summary>
internal sealed class UrlShape : Shape<Uri>
{
    public override string Title => "URL";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out Uri value)
    {
        value = null;
        if (!TryText(node, path, bag, out var text))
            return false;
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            bag.Add(DiagnosticCodes.BadUrl, node.Mark, path, $"'{Printable.Show(text)}' is not an http or https URL",
                text.Contains("://", StringComparison.Ordinal) ? null : $"did you mean 'https://{Printable.Show(text)}'?");
            return false;
        }
        if (uri.UserInfo.Length > 0)
        {
            bag.Add(DiagnosticCodes.LiteralSecret, node.Mark, path, "the URL contains a user name or password", "remove it and give the credential by reference");
            return false;
        }
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            bag.Add(DiagnosticCodes.BadUrl, node.Mark, path, "a base URL has no query and no fragment", "end it before the '?' or '#'");
            return false;
        }
        value = uri;
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["pattern"] = "^https?://[^?#@]+$" };
}
