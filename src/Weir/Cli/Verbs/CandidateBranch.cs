using System.Globalization;
using System.Text.Json;
using Weir.Cli.Terminal;
using Weir.Core.Catalog;
using Weir.Core.Telemetry;

namespace Weir.Cli.Verbs;

/// <summary>Every target that was considered: in the order tried, with scores; then those removed, with what removed them.</summary>
internal sealed class CandidateBranch(Ink ink)
{
    public void Add(TreeNode root, JsonElement decision)
    {
        var candidates = decision.Items("candidates");
        var shadows = decision.Items("shadows");
        if (candidates.Length > 0)
        {
            var node = root.Add($"{ink.Bold("Candidates")} in the order they are tried");
            if (decision.Flag("panic"))
                node.Add(ink.Yellow("every target rests: they are tried none the less"));
            var width = candidates.Max(c => (c.Text("target") ?? "?").Length);
            foreach (var candidate in candidates)
                AddCandidate(node, candidate, width);
            node.AddOmitted(ink, decision, "candidatesOmitted");
        }
        if (shadows.Length > 0)
            root.Add($"{ink.Bold("Copied to")} {string.Join(", ", shadows.Select(s => $"{s.Text("target") ?? "?"}{(s.Text("id") is { } id ? $" ({id})" : "")}"))}: nobody waits for their answers");
    }

    private void AddCandidate(TreeNode node, JsonElement candidate, int width)
    {
        var state = candidate.Text("state") ?? "?";
        var (mark, painted) = state switch
        {
            "chosen" => (ink.Green("✓"), ink.Green("chosen ")),
            "removed" => (ink.Red("✗"), ink.Red("removed")),
            "failed" => (ink.Red("✗"), ink.Red("failed ")),
            "continued" => (ink.Green("✓"), ink.Green("went on")),
            "standby" => (ink.Dim("·"), ink.Dim("standby")),
            _ => ("?", state),
        };
        var why = string.Join(": ", new[] { candidate.Text("filter"), candidate.Text("reason") }.OfType<string>());
        if (candidate.Text("onlyFor") is { } refusal)
            why += refusal == "context" ? "only when the prompt is too long elsewhere  " : $"only when the {refusal} is refused elsewhere  ";
        var spoken = candidate.Text("dialect") is { } dialect ? ink.Dim($"speaks {dialect}") : "";
        var line = node.Add($"{mark} {(candidate.Text("target") ?? "?").PadRight(width)}  {painted}  {why}{spoken}".TrimEnd());
        if (candidate.Member("score") is { ValueKind: JsonValueKind.Object } score)
        {
            var parts = score.Items("parts").Select(Part).ToArray();
            line.Add(string.Create(CultureInfo.InvariantCulture, $"score {score.Number("total"):0.0000} (lower is better){(parts.Length > 0 ? ": " : "")}{string.Join(" + ", parts)}"));
        }
    }

    private static string Part(JsonElement part)
    {
        var (by, value) = (part.Text("by") ?? "?", part.Number("value") ?? 0);
        var shown = by switch
        {
            "cost" when Math.Abs(value) < 1e12 => Dollars.Text(new Money((long)Math.Round(value * 1e6))),
            "latency" => Format.Milliseconds(value),
            "quality" => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} of 1"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.####}"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{by} {shown} → {part.Number("share") ?? 0:0.0000}");
    }
}
