using System.Text;

namespace Weir.Cli.Completion;

/// <summary>Completion for fish 3 and later.</summary>
internal static class FishScript
{
    public static string Write(IReadOnlyList<CompletionNode> tree)
    {
        var script = new StringBuilder("# fish completion for weir. Load: weir completion fish | source\ncomplete -c weir -f\n");
        foreach (var node in tree)
        {
            var condition = Condition(tree, node);
            foreach (var (name, description) in node.Commands)
                script.Append($"complete -c weir -n '{condition}' -a {name} -d '{Quote(description)}'\n");
            if (node.Values.Count > 0)
                script.Append($"complete -c weir -n '{condition}' -a '{string.Join(' ', node.Values)}'\n");
            if (node.Path == "check")
                script.Append($"complete -c weir -n '{condition}' -F\n");
            foreach (var option in node.Options)
                script.Append($"complete -c weir -n '{condition}' -l {option.Name[2..]}{(option.Short is null ? "" : $" -s {option.Short[1..]}")}{Value(option)} -d '{Quote(option.Description)}'\n");
        }
        return script.ToString();
    }

    private static string Value(CompletionOption option) =>
        !option.TakesValue ? "" : option.Values.Count == 0 ? (option.Path ? " -r -F" : " -x") : $" -x -a '{string.Join(' ', option.Values)}'";

    // Every word of the path was seen, and none of the commands below it yet.
    private static string Condition(IReadOnlyList<CompletionNode> tree, CompletionNode node)
    {
        if (node.Path.Length == 0)
            return "__fish_use_subcommand";
        var seen = string.Join("; and ", node.Path.Split(' ').Select(p => $"__fish_seen_subcommand_from {p}"));
        var below = tree.First(n => n.Path == node.Path).Commands;
        return below.Count == 0 ? seen : $"{seen}; and not __fish_seen_subcommand_from {string.Join(' ', below.Select(b => b.Name))}";
    }

    private static string Quote(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
