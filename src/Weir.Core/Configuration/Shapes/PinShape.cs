using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A pinned public key: <c>sha256/</c> and the base64 of the SHA-256 of its subjectPublicKeyInfo.</summary>
internal sealed class PinShape : Shape<string>
{
    public override string Title => "pin";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value)
    {
        if (!TryText(node, path, bag, out value))
            return false;
        if (CertificatePins.IsPin(value))
            return true;
        bag.Add(DiagnosticCodes.BadPin, node.Mark, path, $"'{Printable.Show(value)}' is not sha256/ and the base64 of 32 bytes");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["pattern"] = "^sha256/[A-Za-z0-9+/]{43}=$" };
}
