using Weir.Core.Configuration.Reading;

namespace Weir.Core.Upstream;

/// <summary>Names as a log line shows them: the first ten, and how many more there are. They come from outside, so control characters are shown, not sent.</summary>
internal sealed record LoggedNames(IReadOnlyList<string> Names)
{
    private const int Most = 10;

    public override string ToString() => Names.Count == 0 ? "none"
        : string.Join(", ", Names.Take(Most).Select(n => Printable.Show(n))) + (Names.Count > Most ? $" and {Names.Count - Most} more" : "");
}
