using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>An ISO 8601 date (midnight UTC) or date and time with a zone.</summary>
internal sealed class TimestampShape : Shape<DateTimeOffset>
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFK"];

    public override string Title => "point in time";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out DateTimeOffset value)
    {
        value = default;
        if (!TryText(node, path, bag, out var text))
            return false;
        var zoned = text.Length == 10 || text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        if (zoned && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value))
            return true;
        bag.Add(DiagnosticCodes.BadTimestamp, node.Mark, path, $"'{Printable.Show(text)}' is not a point in time",
            zoned ? "for example 2027-01-31 or 2027-01-31T12:00:00Z" : "a zone is missing: add Z for UTC");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$" };
}
