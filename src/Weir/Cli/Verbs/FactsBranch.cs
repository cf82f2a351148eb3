using System.Globalization;
using System.Text.Json;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>The facts a call was routed by.</summary>
internal sealed class FactsBranch(Ink ink)
{
    public void Add(TreeNode root, JsonElement facts)
    {
        if (facts.ValueKind != JsonValueKind.Object)
            return;
        var node = root.Add($"{ink.Bold("Call")} {string.Join(", ", Call(facts))}");
        node.Add("prompt: " + string.Join(", ", Prompt(facts)));
        node.Add("caller: " + string.Join(", ", Caller(facts)));
        AddLabels(node, facts);
        foreach (var named in facts.Items("named"))
            node.Add($"names a {named.Text("kind") ?? "?"} {(named.Text("provider") is { } provider ? $"that {provider} has" : "that nobody made through this gateway")}");
        node.AddOmitted(ink, facts, "namedOmitted");
        AddSignals(node, facts.Member("signals"));
        AddAffinity(node, facts.Member("affinity"));
    }

    private static IEnumerable<string> Call(JsonElement facts)
    {
        yield return $"{facts.Text("operation") ?? "?"} ({facts.Text("dialect") ?? "?"})";
        if (facts.Flag("stream"))
            yield return "streamed";
        if (facts.Flag("tools"))
            yield return "with tools";
        if (facts.Flag("media"))
            yield return "with media";
        if (facts.Whole("choices") is { } choices)
            yield return $"{Format.Count(choices)} answers";
    }

    private static IEnumerable<string> Prompt(JsonElement facts)
    {
        yield return $"about {Format.Count(facts.Whole("inputTokens") ?? 0)} tokens ({Format.Count(facts.Whole("promptBytes") ?? 0)} bytes of text)";
        if (facts.Whole("messages") is { } messages)
            yield return $"{Format.Count(messages)} {(messages == 1 ? "message" : "messages")}";
        if (facts.Whole("maxOutputTokens") is { } cap)
            yield return $"asks for at most {Format.Count(cap)} tokens out";
    }

    private static IEnumerable<string> Caller(JsonElement facts)
    {
        yield return $"tenant {facts.Text("tenant") ?? "?"}";
        if (facts.Text("team") is { } team)
            yield return $"team {team}";
        yield return $"key {facts.Text("key") ?? "?"} ({facts.Text("keyId") ?? "?"})";
        if (facts.Texts("grants") is { Length: > 0 } grants)
            yield return $"may use {string.Join(" ", grants)}";
        if (facts.Whole("grantsOmitted") is { } more)
            yield return $"and {Format.Count(more)} more";
        if (facts.Text("userHash") is { } user)
            yield return $"user {user} (hash)";
        if (facts.Text("region") is { } region)
            yield return $"in {region}";
    }

    private void AddLabels(TreeNode node, JsonElement facts)
    {
        if (facts.Member("labels") is { ValueKind: JsonValueKind.Object } labels)
            node.Add("labels: " + string.Join(", ", labels.EnumerateObject().Select(l => $"{Plain.Text(l.Name)}={(l.Value.ValueKind == JsonValueKind.String ? Plain.Text(l.Value.GetString()) : "?")}")));
        node.AddOmitted(ink, facts, "labelsOmitted");
    }

    private void AddSignals(TreeNode node, JsonElement signals)
    {
        if (signals.ValueKind != JsonValueKind.Object)
            return;
        var parts = new List<string>();
        if (signals.Member("intent") is { ValueKind: not JsonValueKind.Undefined } intent)
        {
            var sure = signals.Number("intentConfidence") is { } c ? string.Create(CultureInfo.InvariantCulture, $" (sure to {c:0.###})") : "";
            parts.Add(intent.ValueKind != JsonValueKind.String ? "intent unknown" : intent.GetString() is { Length: > 0 } name ? $"intent {Plain.Text(name)}{sure}" : $"intent out of scope{sure}");
        }
        if (signals.Member("difficulty").ValueKind != JsonValueKind.Undefined)
            parts.Add(signals.Number("difficulty") is { } d ? string.Create(CultureInfo.InvariantCulture, $"difficulty {d:0.###} of 1") : "difficulty unknown");
        if (signals.Member("strong").ValueKind != JsonValueKind.Undefined)
            parts.Add(signals.Member("strong").ValueKind switch { JsonValueKind.True => "worth the strong model", JsonValueKind.False => "the weak model suffices", _ => "strong or weak unknown" });
        if (signals.Member("language").ValueKind != JsonValueKind.Undefined)
            parts.Add($"language {signals.Text("language") ?? "unknown"}");
        if (signals.Member("findings").ValueKind == JsonValueKind.Array)
            parts.Add(signals.Texts("findings") is { Length: > 0 } found ? $"found {string.Join(", ", found)}" : "nothing found in it");
        node.Add("content: " + string.Join(", ", parts));
        node.AddOmitted(ink, signals, "findingsOmitted");
    }

    private static void AddAffinity(TreeNode node, JsonElement affinity)
    {
        if (affinity.ValueKind != JsonValueKind.Object)
            return;
        var parts = new List<string>();
        if (affinity.Text("session") is { } session)
            parts.Add($"session {session}");
        if (affinity.Text("key") is { } key)
            parts.Add($"key {key}");
        if (affinity.Texts("prefixes") is { Length: > 0 } prefixes)
            parts.Add($"prompt beginning {string.Join(" › ", prefixes)}{(affinity.Whole("prefixesOmitted") is { } more ? $" and {Format.Count(more)} more" : "")}");
        if (parts.Count > 0)
            node.Add("kept together by: " + string.Join(", ", parts));
    }
}
