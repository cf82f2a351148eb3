using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Cli.Terminal;
using Weir.Core.Catalog;
using Weir.Core.Telemetry;

namespace Weir.Cli.Verbs;

/// <summary>
/// A decision record as a tree. Tolerant by design: records outlive versions, so missing members are left out and
/// unknown numbers are shown by name.
/// </summary>
internal sealed class DecisionTree(Ink ink)
{
    public TreeNode Build(JsonElement decision)
    {
        var root = new TreeNode(Route(Member(decision, "route")));
        AddCandidates(root, Member(decision, "candidates"));
        AddAttempts(root, Member(decision, "attempts"));
        AddNotes(root, Member(decision, "notes"));
        if (Member(decision, "commit") is { ValueKind: JsonValueKind.Object } commit)
            root.Add($"Committed to the client{After(commit)}{Frames(commit)}");
        if (Member(decision, "timing") is { ValueKind: JsonValueKind.Object } timing)
            AddTiming(root, timing);
        return root;
    }

    private string Route(JsonElement route)
    {
        var asked = Text(route, "asked");
        var model = Text(route, "model");
        if (asked is null && model is null)
            return ink.Bold("Decision");
        return $"{ink.Bold("Route")} asked for {ink.Cyan(asked ?? "?")}{(model is null ? ", no model matches" : model == asked ? "" : $", matched {ink.Cyan(model)}")}";
    }

    private void AddCandidates(TreeNode root, JsonElement candidates)
    {
        if (candidates.ValueKind != JsonValueKind.Array || candidates.GetArrayLength() == 0)
            return;
        var rows = candidates.EnumerateArray().Select(c => (Target: Text(c, "target") ?? "?", State: Text(c, "state") ?? "?", Reason: Text(c, "reason"))).ToArray();
        var width = rows.Max(r => r.Target.Length);
        var node = root.Add(ink.Bold("Candidates"));
        foreach (var (target, state, reason) in rows)
        {
            var (mark, painted) = state switch
            {
                "chosen" => (ink.Green("✓"), ink.Green("chosen ")),
                "removed" => (ink.Red("✗"), ink.Red("removed")),
                "standby" => (ink.Dim("·"), ink.Dim("standby")),
                _ => ("?", state),
            };
            node.Add($"{mark} {target.PadRight(width)}  {painted}{(reason is null ? "" : "  " + reason)}");
        }
    }

    private void AddAttempts(TreeNode root, JsonElement attempts)
    {
        if (attempts.ValueKind != JsonValueKind.Array || attempts.GetArrayLength() == 0)
            return;
        var node = root.Add(ink.Bold("Attempts"));
        var width = attempts.EnumerateArray().Max(a => (Text(a, "target") ?? "?").Length);
        foreach (var attempt in attempts.EnumerateArray())
        {
            var outcome = Text(attempt, "outcome") ?? "under way";
            var status = Number(attempt, "status") is > 0 and var s ? $" {s:0}" : "";
            var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Number(attempt, "n") ?? 0:0}  {(Text(attempt, "target") ?? "?").PadRight(width)}");
            line.Append("  ").Append(outcome == "ok" ? ink.Green(outcome + status) : ink.Red(outcome + status));
            if (Number(attempt, "ms") is { } ms)
                line.Append("  ").Append(Format.Milliseconds(ms));
            if (Number(attempt, "ttftMs") is { } first)
                line.Append($" (first token {Format.Milliseconds(first)})");
            if (Text(Member(attempt, "error"), "code") is { } code)
                line.Append("  ").Append(ink.Yellow(code));
            var entry = node.Add(line.ToString());
            if (Text(Member(attempt, "error"), "reason") is { } reason)
                entry.Add(ink.Yellow(reason));
            AddDetails(entry, attempt);
        }
    }

    private void AddDetails(TreeNode node, JsonElement attempt)
    {
        if (Text(attempt, "lane") is { } lane)
            node.Add(lane switch
            {
                "native" => "native: bytes passed through untouched",
                "rewrite" => "rewrite: same dialect, some fields changed",
                "translate" => "translate: converted between dialects",
                _ => lane,
            });
        if (Member(attempt, "usage") is { ValueKind: JsonValueKind.Object } usage)
        {
            var parts = usage.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number && p.Value.TryGetInt64(out var n) && n != 0)
                .Select(p => $"{Format.Count(p.Value.GetInt64())} {Words(p.Name)}").ToArray();
            if (parts.Length > 0)
                node.Add("tokens: " + string.Join(", ", parts));
        }
        var state = Text(attempt, "priceState");
        if (Member(attempt, "costPicos") is { ValueKind: JsonValueKind.Number } cost && cost.TryGetInt64(out var picos) && (picos != 0 || state is "priced" or "estimated"))
            node.Add($"cost: {Dollars.Text(new Money(picos))}{(state is null or "priced" ? "" : ink.Yellow($" ({state})"))}{(Text(attempt, "priceRow") is { } row ? $", price {row}" : "")}");
        else if (state == "unpriced")
            node.Add(ink.Yellow("cost: unpriced, no price is known"));
    }

    private void AddNotes(TreeNode root, JsonElement notes)
    {
        if (notes.ValueKind != JsonValueKind.Array || notes.GetArrayLength() == 0)
            return;
        var node = root.Add(ink.Bold("Changed in translation"));
        var width = notes.EnumerateArray().Max(n => (Text(n, "path") ?? "?").Length);
        foreach (var note in notes.EnumerateArray())
            node.Add($"{(Text(note, "path") ?? "?").PadRight(width)}  {ink.Yellow(Text(note, "fate") ?? "changed")}{(Text(note, "reason") is { } reason ? $"  {reason}" : "")}");
    }

    private void AddTiming(TreeNode root, JsonElement timing)
    {
        var rows = timing.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number)
            .Select(p => (Name: Words(p.Name.EndsWith("Ms", StringComparison.Ordinal) ? p.Name[..^2] : p.Name), Value: p.Value.GetDouble())).ToArray();
        if (rows.Length == 0)
            return;
        var width = rows.Max(r => r.Name.Length);
        var node = root.Add(ink.Bold("Timing"));
        foreach (var (name, value) in rows)
            node.Add($"{name.PadRight(width)}  {Format.Milliseconds(value),8}");
    }

    private static string After(JsonElement commit) => Number(commit, "afterMs") is { } ms ? $" after {Format.Milliseconds(ms)}" : "";

    private static string Frames(JsonElement commit) => Number(commit, "frames") is { } n ? $", {n:0} {(n == 1 ? "frame" : "frames")} held until then" : "";

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? Plain.Text(value) : null;

    private static double? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;

    // inputUncached -> input uncached
    private static string Words(string camel)
    {
        var words = new StringBuilder(camel.Length + 4);
        foreach (var c in Plain.Text(camel))
        {
            if (char.IsUpper(c))
                words.Append(' ');
            words.Append(c == '_' ? ' ' : char.ToLowerInvariant(c));
        }
        return words.ToString().TrimStart();
    }
}
