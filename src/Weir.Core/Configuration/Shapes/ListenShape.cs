using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>An address and port to listen on: <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c>, <c>:8080</c>.</summary>
internal sealed class ListenShape : Shape<IPEndPoint>
{
    public override string Title => "listen address";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IPEndPoint value)
    {
        value = null;
        if (!TryText(node, path, bag, out var text))
            return false;
        value = Parse(text);
        if (value is null)
            bag.Add(DiagnosticCodes.BadListen, node.Mark, path, $"'{Printable.Show(text)}' is not an address and port", "for example 127.0.0.1:8080, or :8080 for all interfaces");
        return value is not null;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["pattern"] = "^.*:[0-9]{1,5}$" };

    internal static IPEndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        var host = text[..colon];
        return host switch
        {
            "" or "*" => new IPEndPoint(IPAddress.IPv6Any, port),
            "localhost" => new IPEndPoint(IPAddress.Loopback, port),
            ['[', .. var six, ']'] => IPAddress.TryParse(six, out var v6) ? new IPEndPoint(v6, port) : null,
            _ => host.Count(c => c == '.') == 3 && IPAddress.TryParse(host, out var v4) ? new IPEndPoint(v4, port) : null,
        };
    }
}
