using System.Text.Json;
using Weir.Core.Tests.Architecture;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>The public suite as tests/conformance exports it. <c>./weir test</c> does; without npm there is none.</summary>
internal sealed record ConformanceSuite(string Source, IReadOnlyList<ConformanceCase> Cases)
{
    public const string AbsentReason = "CEL's conformance suite is not here: ./weir test fetches it with npm, or: npm ci && npm run export, in tests/conformance.";

    public static ConformanceSuite? Read()
    {
        var path = Path.Combine(SourceTree.Root, "out/conformance/cel.json");
        if (!File.Exists(path))
            return null;
        var root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        var source = $"cel-spec {root.GetProperty("specification").GetString()}, from npm {root.GetProperty("package").GetString()}";
        return new ConformanceSuite(source, [.. root.GetProperty("cases").EnumerateArray().Select(c => new ConformanceCase(c))]);
    }
}
