using System.Text;

namespace Weir.Cli.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshScript
{
    public static string Write(IReadOnlyList<CompletionNode> tree)
    {
        var script = new StringBuilder("#compdef weir\n# zsh completion for weir. Load: source <(weir completion zsh)\n");
        foreach (var node in tree)
        {
            script.Append($"{Function(node.Path)}() {{\n");
            if (node.Commands.Count > 0)
                WriteParent(script, node);
            else
                script.Append($"    _arguments -s {string.Join(" \\\n        ", node.Options.SelectMany(Specs).Append(Rest(node)))}\n");
            script.Append("}\n");
        }
        return script.Append("compdef _weir weir\n").ToString();
    }

    private static void WriteParent(StringBuilder script, CompletionNode node)
    {
        script.Append("    local -a commands\n    commands=(\n");
        foreach (var (name, description) in node.Commands)
            script.Append($"        '{name}:{Quote(description)}'\n");
        script.Append("    )\n");
        // The words after the command, with the command itself first: what _arguments of the child expects.
        script.Append("    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    local verb=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $verb in\n");
        foreach (var (name, _) in node.Commands)
            script.Append($"        {name}) {Function(node.Path.Length == 0 ? name : $"{node.Path} {name}")} ;;\n");
        script.Append("    esac\n");
    }

    private static IEnumerable<string> Specs(CompletionOption option)
    {
        var value = !option.TakesValue ? "" : option.Values.Count > 0 ? $":value:({string.Join(' ', option.Values)})" : option.Path ? ":value:_files" : ":value: ";
        // Options may be repeated (--by, --model): '*' allows it, the command line itself refuses what may not be.
        yield return $"'*{option.Name}[{Bracket(option.Description)}]{value}'";
        if (option.Short is not null)
            yield return $"'*{option.Short}[{Bracket(option.Description)}]{value}'";
    }

    private static string Rest(CompletionNode node) =>
        node.Values.Count > 0 ? $"'1:value:({string.Join(' ', node.Values)})'" : node.Path == "check" ? "'1:file:_files'" : "'*: :'";

    private static string Function(string path) => path.Length == 0 ? "_weir" : "_weir_" + path.Replace(' ', '_');

    private static string Quote(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);

    private static string Bracket(string text) => Quote(text).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
