using System.Globalization;
using System.Text.Json;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>
/// A decision record as a tree: what was asked, what the plan chose and why, what became of every target, and how each
/// attempt went. Tolerant by design: records outlive versions, so missing members are left out.
/// </summary>
internal sealed class DecisionTree(Ink ink)
{
    public TreeNode Build(JsonElement decision)
    {
        var root = new TreeNode(Route(decision));
        new FactsBranch(ink).Add(root, decision.Member("facts"));
        if (decision.Text("classifier") is { } classifier)
            root.Add($"{ink.Bold("Classifier")} {classifier}{(classifier == "answered" ? "" : ": the declared default stands in its place")}");
        AddSteps(root, decision);
        new CandidateBranch(ink).Add(root, decision);
        if (decision.Text("shadowOf") is { } original)
            root.Add($"{ink.Bold("Copy")} of call {original}: nobody waited for its answer");
        AddOverrides(root, decision.Member("overrides"));
        new AttemptBranch(ink).Add(root, decision);
        if (decision.Number("committedAfterMs") is { } commit)
            root.Add($"{ink.Bold("Committed")} to the client after {Format.Milliseconds(commit)}: from here on no other target could take over"
                + (decision.Items("attempts").Any(a => a.Member("continues").ValueKind == JsonValueKind.Object) ? ", only go on" : ""));
        AddError(root, decision.Member("error"));
        if (decision.Text("config") is { } config)
            root.Add(ink.Dim($"decided under configuration {config}"));
        return root;
    }

    private string Route(JsonElement decision)
    {
        var route = decision.Member("route");
        var (asked, model, name) = (route.Text("asked"), route.Text("model"), route.Text("name"));
        if (asked is null && model is null)
            return ink.Bold("Decision");
        var by = name is null ? "" : $" by route {ink.Cyan(name)}";
        return $"{ink.Bold("Route")} asked for {ink.Cyan(asked ?? "?")}{(model is null ? ", no model matches" : model == asked || model == name ? "" : $", matched {ink.Cyan(model)}")}{by}";
    }

    private void AddSteps(TreeNode root, JsonElement decision)
    {
        var steps = decision.Items("steps");
        if (steps.Length == 0)
            return;
        var node = root.Add(ink.Bold("Plan"));
        var width = steps.Max(s => (s.Text("node") ?? "?").Length);
        foreach (var step in steps)
            node.Add($"{(step.Text("node") ?? "?").PadRight(width)}  {step.Text("choice")}");
        node.AddOmitted(ink, decision, "stepsOmitted");
    }

    private void AddOverrides(TreeNode root, JsonElement overrides)
    {
        if (overrides.ValueKind != JsonValueKind.Object)
            return;
        var parts = new List<string>();
        if (overrides.Whole("maxTokens") is { } cap)
            parts.Add($"at most {Format.Count(cap)} tokens out");
        if (overrides.Number("minTemperature") is { } min)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"temperature at least {min}"));
        if (overrides.Number("maxTemperature") is { } max)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"temperature at most {max}"));
        if (overrides.Texts("parameters") is { Length: > 0 } parameters)
            parts.Add($"sets {string.Join(", ", parameters)}");
        root.Add($"{ink.Bold("Overrides")} of the route: {string.Join("; ", parts)}");
    }

    private void AddError(TreeNode root, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return;
        var node = root.Add($"{ink.Bold("Failed")} {ink.Red(error.Text("code") ?? "?")}{ErrorLine.Origin(error)}");
        if (error.Text("message") is { } message)
            node.Add(message);
        if (error.Text("reason") is { } reason && reason != error.Text("message"))
            node.Add(ink.Yellow(reason));
    }
}
