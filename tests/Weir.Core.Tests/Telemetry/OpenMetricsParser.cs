using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Core.Tests.Telemetry;

/// <summary>
/// Reads OpenMetrics 1.0.0 text strictly by the specification's grammar and rules (families in one piece, suffixes by
/// type, canonical bounds, cumulative buckets, one end). Knows nothing of the writer. Throws <see cref="FormatException"/>.
/// </summary>
internal sealed partial class OpenMetricsParser
{
    private static readonly Dictionary<string, string[]> Suffixes = new()
    {
        ["counter"] = ["_total", "_created"],
        ["gauge"] = [""],
        ["info"] = ["_info"],
        ["unknown"] = [""],
        ["histogram"] = ["_bucket", "_count", "_sum", "_created"],
    };

    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private Family? _current;

    public sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, decimal? Value);

    public sealed class Family(string name)
    {
        public string Name { get; } = name;
        public string? Type { get; set; }
        public string? Help { get; set; }
        public List<Sample> Samples { get; } = [];
    }

    public static IReadOnlyDictionary<string, Family> Parse(byte[] exposition)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(exposition);
        const string end = "# EOF\n";
        Require(text.EndsWith(end, StringComparison.Ordinal) && (text.Length == end.Length || text[^(end.Length + 1)] == '\n'), "it does not end in # EOF");
        var parser = new OpenMetricsParser();
        foreach (var line in text[..^end.Length].Split('\n')[..^1])
            parser.Line(line);
        foreach (var family in parser._families.Values)
            Check(family);
        return parser._families;
    }

    private void Line(string line)
    {
        if (Descriptor().Match(line) is { Success: true } described)
        {
            Describe(described.Groups[1].Value, described.Groups[2].Value, described.Groups[3].Value);
            return;
        }
        var match = SampleLine().Match(line);
        Require(match.Success, $"neither descriptor nor sample: {line}");
        var name = match.Groups[1].Value;
        Require(_current is not null, $"a sample before any family: {line}");
        var family = _current!;
        Require(Suffixes[family.Type ?? "unknown"].Any(s => name == family.Name + s), $"{name} is no sample of the {family.Type} {family.Name}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(match.Groups[2].Value))
            Require(labels.TryAdd(label.Groups[1].Value, Unescape(label.Groups[2].Value)), $"a label stands twice: {line}");
        Require(_series.Add(name + "{" + string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))), $"a series stands twice: {line}");
        family.Samples.Add(new Sample(name, labels, Number(match.Groups[3].Value)));
    }

    private void Describe(string what, string name, string rest)
    {
        if (_current?.Name != name)
        {
            Require(!_families.ContainsKey(name), $"the family {name} is interleaved with another");
            _families[name] = _current = new Family(name);
        }
        Require(_current.Samples.Count == 0, $"# {what} {name} after its samples");
        if (what == "TYPE")
        {
            Require(_current.Type is null && Suffixes.ContainsKey(rest), $"# TYPE {name} {rest}");
            Require(rest != "counter" || !name.EndsWith("_total", StringComparison.Ordinal), $"the family {name} carries a sample's suffix");
            _current.Type = rest;
        }
        else
        {
            Require(_current.Help is null, $"two # HELP {name}");
            _current.Help = Unescape(rest);
        }
    }

    private static void Check(Family family)
    {
        if (family.Type == "counter")
            Require(family.Samples.All(s => s.Value >= 0), $"{family.Name} goes below zero");
        if (family.Type != "histogram")
            return;
        foreach (var series in family.Samples.GroupBy(s => string.Join(',', s.Labels.Where(l => l.Key != "le").OrderBy(l => l.Key, StringComparer.Ordinal))))
        {
            var buckets = series.Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();
            Require(buckets.Count > 0 && buckets[^1].Labels.GetValueOrDefault("le") == "+Inf", $"{family.Name} lacks its +Inf bucket");
            var bounds = buckets[..^1].Select(b => b.Labels["le"]).ToList();
            Require(bounds.All(b => CanonicalFloat().IsMatch(b)), $"{family.Name} has bounds that are no floats: {string.Join(' ', bounds)}");
            var numbers = bounds.Select(b => Number(b)!.Value).ToList();
            Require(numbers.SequenceEqual(numbers.Order()) && numbers.Distinct().Count() == numbers.Count, $"{family.Name}: bounds do not rise");
            var counts = buckets.Select(b => b.Value).ToList();
            Require(counts.SequenceEqual(counts.Order()), $"{family.Name}: buckets are not cumulative");
            Require(series.Single(s => s.Name.EndsWith("_count", StringComparison.Ordinal)).Value == counts[^1], $"{family.Name}: count and +Inf differ");
        }
    }

    private static decimal? Number(string text) =>
        text is "NaN" or "+Inf" or "-Inf" ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                Require(text[i] != '"', $"a bare quote in {text}");
                result.Append(text[i]);
                continue;
            }
            Require(++i < text.Length && text[i] is 'n' or '"' or '\\', $"an unknown escape in {text}");
            result.Append(text[i] == 'n' ? '\n' : text[i]);
        }
        return result.ToString();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new FormatException(otherwise);
    }

    [GeneratedRegex(@"^# (TYPE|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$", RegexOptions.Singleline)]
    private static partial Regex Descriptor();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*"(?:,(?=[a-zA-Z_]))?)*)\})? ([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]Inf)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)",?""")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+(?:e[+-][0-9]+)?$")]
    private static partial Regex CanonicalFloat();
}
