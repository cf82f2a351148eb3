using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Cli.Terminal;
using Weir.Core.Catalog;
using Weir.Core.Telemetry;

namespace Weir.Cli.Verbs;

/// <summary>Each attempt: where, how it ended, how long it took, what it used and cost, and what did not cross.</summary>
internal sealed class AttemptBranch(Ink ink)
{
    public void Add(TreeNode root, JsonElement decision)
    {
        var attempts = decision.Items("attempts");
        if (attempts.Length == 0)
            return;
        var node = root.Add(ink.Bold("Attempts"));
        var width = attempts.Max(a => (a.Text("target") ?? "?").Length);
        foreach (var attempt in attempts)
            AddAttempt(node, attempt, width);
        node.AddOmitted(ink, decision, "attemptsOmitted");
    }

    private void AddAttempt(TreeNode node, JsonElement attempt, int width)
    {
        var outcome = attempt.Text("outcome") ?? "under way";
        var status = attempt.Number("status") is > 0 and var s ? $" {s:0}" : "";
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{attempt.Number("n") ?? 0:0}  {(attempt.Text("target") ?? "?").PadRight(width)}");
        line.Append("  ").Append(outcome == "ok" ? ink.Green(outcome + status) : ink.Red(outcome + status));
        if (attempt.Number("startMs") is { } start)
            line.Append("  after ").Append(Format.Milliseconds(start));
        if (attempt.Number("ms") is { } ms)
            line.Append("  took ").Append(Format.Milliseconds(ms));
        if (attempt.Number("ttftMs") is { } first)
            line.Append($" (first token {Format.Milliseconds(first)})");
        var error = attempt.Member("error");
        if (error.Text("code") is { } code)
            line.Append("  ").Append(ink.Yellow(code)).Append(ErrorLine.Origin(error));
        var entry = node.Add(line.ToString());
        foreach (var text in new[] { error.Text("message"), error.Text("reason") }.OfType<string>().Distinct())
            entry.Add(ink.Yellow(text));
        AddContinuation(entry, attempt);
        if (attempt.Number("patienceMs") is { } patience)
            entry.Add($"left after {Format.Milliseconds(patience)} without content, while another stood by: {attempt.Text("patienceBy") switch
            {
                "route" => "the route's firstContentWithin",
                "seen" => "three times the slowest it has shown",
                _ => "it has shown nothing slower than what every target gets",
            }}");
        AddDetails(entry, attempt);
        AddNotes(entry, attempt);
    }

    private void AddContinuation(TreeNode entry, JsonElement attempt)
    {
        if (attempt.Member("continues") is { ValueKind: JsonValueKind.Object } goesOn)
            entry.Add(string.Create(CultureInfo.InvariantCulture, $"goes on with the answer of attempt {goesOn.Number("attempt") ?? 0:0} after {Format.Count((long)(goesOn.Number("characters") ?? 0))} characters")
                + (goesOn.Number("whiteSpaceHeldBack") is > 0 and var held ? string.Create(CultureInfo.InvariantCulture, $", {held:0} of white space not shown to it") : "")
                + (goesOn.Text("because") is { } because ? ink.Dim($" ({because})") : ""));
        if (attempt.Text("notContinued") is { } reason)
            entry.Add(ink.Yellow($"not continued elsewhere: {reason}"));
    }

    private void AddDetails(TreeNode node, JsonElement attempt)
    {
        if (attempt.Text("credential") is { } credential)
            node.Add($"with credential {credential}");
        if (attempt.Text("endpoint") is { } endpoint)
            node.Add($"at endpoint {ink.Cyan(endpoint)}{Score(attempt.Member("score"))}");
        if (attempt.Text("lane") is { } lane)
            node.Add(lane switch
            {
                "native" => "native: bytes passed through untouched",
                "rewrite" => "rewrite: same dialect, not passed byte for byte",
                "translate" => "translate: converted between dialects",
                _ => lane,
            });
        if (attempt.Texts("changed") is { Length: > 0 } changed)
            node.Add($"set by the route: {string.Join(", ", changed)}");
        if (attempt.Member("usage") is { ValueKind: JsonValueKind.Object } usage)
        {
            var parts = usage.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number && p.Value.TryGetInt64(out var n) && n != 0)
                .Select(p => $"{Format.Count(p.Value.GetInt64())} {RecordReading.Words(p.Name)}").ToArray();
            var source = attempt.Text("usageSource") is { } from ? ink.Dim($" ({from})") : "";
            if (parts.Length > 0 || source.Length > 0)
                node.Add($"tokens: {(parts.Length > 0 ? string.Join(", ", parts) : "none")}{source}");
        }
        var state = attempt.Text("priceState");
        if (attempt.Member("costPicos") is { ValueKind: JsonValueKind.Number } cost && cost.TryGetInt64(out var picos) && (picos != 0 || state is "priced" or "estimated"))
            node.Add($"cost: {Dollars.Text(new Money(picos))}{(state is null or "priced" ? "" : ink.Yellow($" ({state})"))}{(attempt.Text("priceRow") is { } row ? $", price {row}" : "")}");
        else if (state is not null)
            node.Add(ink.Yellow(state == "unpriced" ? "cost: unpriced, no price is known" : $"cost: {state}"));
        var end = string.Join(", ", new[] { attempt.Text("servedModel") is { } served ? $"served by {served}" : null, attempt.Text("finish") is { } finish ? $"finish {finish}" : null }.OfType<string>());
        if (end.Length > 0)
            node.Add(end);
    }

    /// <summary>What stood before the first token at an endpoint, in blocks of prompt.</summary>
    private string Score(JsonElement score)
    {
        if (score.ValueKind != JsonValueKind.Object)
            return "";
        var parts = score.EnumerateObject().Where(p => p.Name != "total" && p.Value.ValueKind == JsonValueKind.Number)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value.GetDouble():0.##}")).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $", score {score.Number("total") ?? 0:0.##} blocks") + (parts.Length > 0 ? ink.Dim($" ({string.Join(", ", parts)})") : "");
    }

    private void AddNotes(TreeNode entry, JsonElement attempt)
    {
        var notes = attempt.Items("notes");
        if (notes.Length == 0)
            return;
        var node = entry.Add(ink.Bold("Changed in translation"));
        var width = notes.Max(n => (n.Text("path") ?? "?").Length);
        foreach (var note in notes)
            node.Add($"{(note.Text("path") ?? "?").PadRight(width)}  {ink.Yellow(note.Text("fate") ?? "changed")}{(note.Text("reason") is { } reason ? $"  {reason}" : "")}");
        node.AddOmitted(ink, attempt, "notesOmitted");
    }
}
