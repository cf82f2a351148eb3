using System.Text;

namespace Weir.Cli.Completion;

/// <summary>Completion for bash 4 and later.</summary>
internal static class BashScript
{
    public static string Write(IReadOnlyList<CompletionNode> tree)
    {
        var script = new StringBuilder("""
            # bash completion for weir. Load: source <(weir completion bash)
            _weir() {
                local cur="${COMP_WORDS[COMP_CWORD]}" prev="" path="" word words
                [ "$COMP_CWORD" -gt 0 ] && prev="${COMP_WORDS[COMP_CWORD-1]}"
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$path $word" in

            """);
        foreach (var node in tree.Where(n => n.Path.Length > 0))
        {
            var (parent, name) = Split(node.Path);
            script.Append($"            \"{parent} {name}\") path=\"{node.Path}\" ;;\n");
        }
        script.Append("        esac\n    done\n    case \"$path:$prev\" in\n");
        foreach (var node in tree)
        {
            foreach (var option in node.Options.Where(o => o.TakesValue))
            {
                var pattern = option.Short is null ? $"\"{node.Path}:{option.Name}\"" : $"\"{node.Path}:{option.Name}\"|\"{node.Path}:{option.Short}\"";
                var reply = option.Values.Count == 0 ? (option.Path ? "compgen -f -- \"$cur\"" : "") : $"compgen -W \"{string.Join(' ', option.Values)}\" -- \"$cur\"";
                script.Append($"        {pattern}) COMPREPLY=({(reply.Length == 0 ? "" : $"$({reply})")}); return ;;\n");
            }
        }
        script.Append("    esac\n    case \"$path\" in\n");
        foreach (var node in tree)
            script.Append($"        \"{node.Path}\") words=\"{string.Join(' ', node.Words)}\" ;;\n");
        script.Append("""
                esac
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
                if [ "$path" = check ] && [ "${cur#-}" = "$cur" ]; then
                    COMPREPLY=($(compgen -f -- "$cur"))
                fi
            }
            complete -o filenames -F _weir weir

            """);
        return script.ToString().ReplaceLineEndings("\n");
    }

    private static (string Parent, string Name) Split(string path) =>
        path.LastIndexOf(' ') is var at && at < 0 ? ("", path) : (path[..at], path[(at + 1)..]);
}
