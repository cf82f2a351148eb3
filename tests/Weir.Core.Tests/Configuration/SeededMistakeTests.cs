using System.Text.RegularExpressions;
using Weir.Core.Configuration;

namespace Weir.Core.Tests.Configuration;

/// <summary>
/// Each case is a configuration whose mistakes are marked in place: <c># &lt;- WEIR2001</c> stands on the line where exactly
/// that must be reported. Anything reported and not marked, or marked and not reported, fails.
/// </summary>
public sealed partial class SeededMistakeTests
{
    private const string Provider = "providers:\n  - {name: openai, kind: openai, credential: {fromEnv: OPENAI_API_KEY}}\n";

    private const string Europe = """
        providers:
          - {name: openai, kind: openai, region: us-east-1, residency: [us], credential: {fromEnv: OPENAI_API_KEY}}
          - {name: eu, kind: openai-compatible, region: westeurope, residency: [eu], baseUrl: "https://eu.example.com/v1", credential: {fromEnv: OTHER_KEY}}
        prices:
          - {name: five, provider: eu, model: gpt-5, input: 1, output: 2}
        models:
          - {name: gpt-5, targets: [{provider: eu}, {provider: openai}]}
          - {name: mini, targets: [{provider: openai, model: gpt-5-mini}]}
          - {name: house, targets: [{provider: eu, model: house-1}]}

        """;

    /// <summary>Reported when the shipped price book does not know a model; not what these cases are about.</summary>
    private const string Unpriced = "WEIR4009";

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, text) in SeededMistakes.All)
            data.Add(name, text.Replace("$PROVIDER\n", Provider, StringComparison.Ordinal).Replace("$EUROPE\n", Europe, StringComparison.Ordinal));
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_named_on_the_right_line(string name, string text)
    {
        var expected = text.Split('\n')
            .SelectMany((line, i) => Marker().Matches(line).Select(m => $"{i + 1}: {m.Value}"))
            .Order().ToList();
        var result = Kit.Load(text);
        var found = result.Diagnostics.Where(d => d.Code != Unpriced).Select(d => $"{d.Line}: {d.Code}").Order().ToList();
        Assert.True(expected.SequenceEqual(found), $"{name}\nexpected {string.Join(", ", expected)}\n{string.Join('\n', result.Diagnostics)}");
        Assert.NotEmpty(expected);
        Assert.Equal(result.HasErrors, result.Snapshot is null);
        Assert.All(result.Diagnostics, d => Assert.True(d.Column > 0 && d.Message.Length > 0, d.ToString()));
    }

    [Fact]
    public void There_are_enough_of_them_and_they_cover_the_codes()
    {
        Assert.True(SeededMistakes.All.Count >= 60, $"{SeededMistakes.All.Count} cases");
        var seeded = SeededMistakes.All.SelectMany(c => Marker().Matches(c.Text).Select(m => m.Value)).ToHashSet();
        // These need a whole file rather than a line, and have tests of their own.
        string[] elsewhere = ["WEIR1002", "WEIR1003", "WEIR1004", "WEIR1017", Unpriced];
        var missing = DiagnosticCodes.All.Select(c => c.Code).Except(seeded).Except(elsewhere);
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"(?<=# <- [^#]*)WEIR\d{4}")]
    private static partial Regex Marker();
}
