using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>The head of <c>requests show</c> and <c>explain</c>, and the table of attempts.</summary>
internal static class CallSummary
{
    public static void Write(TextWriter output, Ink ink, CallDetail detail)
    {
        WriteHead(output, ink, detail.Request);
        if (detail.Attempts.Count == 0)
            return;
        output.WriteLine();
        var table = new TextTable(("#", Align.Right), ("PROVIDER", Align.Left), ("MODEL", Align.Left), ("OUTCOME", Align.Left), ("STATUS", Align.Right),
            ("IN", Align.Right), ("OUT", Align.Right), ("COST USD", Align.Point), ("PRICE", Align.Left), ("FIRST", Align.Right), ("TOTAL", Align.Right), ("ERROR", Align.Left));
        foreach (var a in detail.Attempts)
        {
            table.Add(
            [
                Format.Count(a.Attempt), Plain.Text(a.Provider), Plain.Text(a.ServedModel ?? a.UpstreamModel), a.Outcome ?? "under way",
                a.Status is > 0 and var s ? Format.Count(s) : "-", Format.Count(a.Tokens?.Input ?? 0), Format.Count(a.Tokens?.Output ?? 0), a.CostUsd ?? "-",
                Plain.Text(a.PriceRow ?? a.PriceState ?? "-"), a.TtftMs is { } first ? Format.Milliseconds(first) : "-",
                a.DurationMs is { } total ? Format.Milliseconds(total) : "-", Plain.Text(a.ErrorCode ?? ""),
            ],
            (column, text) => column == 3 ? (a.Outcome == "ok" ? ink.Green(text) : ink.Red(text)) : text);
        }
        table.Write(output, ink);
    }

    public static void WriteHead(TextWriter output, Ink ink, CallView call)
    {
        void Row(string name, string value) => output.WriteLine($"{ink.Dim(name.PadRight(8))} {value}");

        var ok = call.Outcome == "ok";
        output.WriteLine($"{ink.Bold(call.Id)}  {call.Operation} ({call.Dialect}{(call.Stream ? ", streamed" : "")})  {Format.Time(call.StartedAt)}");
        Row("result", $"{(ok ? ink.Green($"{call.Status} ok") : ink.Red($"{call.Status} {Plain.Text(call.Outcome)}"))} in {Format.Milliseconds(call.DurationMs)}"
            + (call.TtftMs is { } first ? $", first token after {Format.Milliseconds(first)}" : ""));
        Row("model", $"{Plain.Text(call.Model ?? "-")}{(call.Target is null ? ", no target answered" : $" served by {Plain.Text(call.Target)}")}, {call.Attempts} {(call.Attempts == 1 ? "attempt" : "attempts")}");
        Row("caller", call.KeyId is null ? "not identified" : $"tenant {Plain.Text(call.Tenant)}{(call.Team is null ? "" : $", team {Plain.Text(call.Team)}")}, key {call.KeyId}");
        Row("tokens", Tokens(call.Tokens));
        Row("cost", call.PriceState switch
        {
            "priced" => $"${call.CostUsd}",
            "estimated" => $"${call.CostUsd} {ink.Yellow("(estimated)")}",
            _ => ink.Yellow(call.CostPicos == 0 ? "unpriced: no price is known" : $"${call.CostUsd} or more: part of it is unpriced"),
        });
    }

    /// <summary>Totals with their classes: <c>1,200 in (200 uncached, 1,000 cache read) · 60 out (40 visible, 20 reasoning)</c>.</summary>
    public static string Tokens(TokenCounts t)
    {
        var input = Parts([("uncached", t.InputUncached), ("cache read", t.CacheRead), ("cache write", t.CacheWrite5m + t.CacheWrite1h), ("audio", t.InputAudio), ("image", t.InputImage)]);
        var output = Parts([("visible", t.OutputVisible), ("reasoning", t.Reasoning), ("audio", t.OutputAudio), ("image", t.OutputImage)]);
        var units = new (string Name, long Count)[] { ("searches", t.SearchUnits), ("images", t.Images), ("seconds of sound", t.AudioSeconds), ("characters", t.Characters) };
        return $"{Format.Count(t.Input)} in{input} · {Format.Count(t.Output)} out{output}{string.Concat(units.Where(u => u.Count > 0).Select(u => $" · {Format.Count(u.Count)} {u.Name}"))}";
    }

    private static string Parts((string Name, long Count)[] classes)
    {
        var used = classes.Where(c => c.Count != 0).ToArray();
        // One class says no more than the total does, unless it is an unusual one.
        return used.Length == 0 || (used.Length == 1 && used[0].Name is "uncached" or "visible") ? "" : $" ({string.Join(", ", used.Select(c => $"{Format.Count(c.Count)} {c.Name}"))})";
    }
}
