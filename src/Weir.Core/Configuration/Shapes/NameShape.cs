using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A name of an entry, or a reference to one. <paramref name="pattern"/> = may end in one <c>*</c>.</summary>
internal sealed class NameShape(bool pattern) : Shape<string>
{
    private const string Allowed = "[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}";

    public override string Title => pattern ? "name or pattern" : "name";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value)
    {
        if (!TryText(node, path, bag, out value))
            return false;
        var body = pattern && value.EndsWith('*') ? value.AsSpan(0, value.Length - 1) : value;
        var good = body.Length is <= 200 && (body.Length > 0 ? char.IsAsciiLetterOrDigit(body[0]) : pattern && value == "*");
        foreach (var c in body)
            good &= char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '@' or '+' or '-';
        if (!good)
        {
            bag.Add(DiagnosticCodes.BadName, node.Mark, path, $"'{Printable.Show(value)}' is not a usable {Title}",
                value.Contains('*') ? pattern ? "one * is allowed, at the end" : "no * is allowed here" : null);
        }
        return good;
    }

    internal override JsonObject Schema(JsonObject definitions) => new()
    {
        ["type"] = "string",
        ["pattern"] = pattern ? $"^(\\*|{Allowed}\\*?)$" : $"^{Allowed}$",
    };
}
