using System.CommandLine;
using System.CommandLine.Completions;

namespace Weir.Cli.Completion;

/// <summary>What can stand after each command path.</summary>
internal static class CompletionTree
{
    /// <summary>Every command of the tree, parents first; the root's path is empty.</summary>
    public static IReadOnlyList<CompletionNode> Read(Command root)
    {
        var nodes = new List<CompletionNode>();
        Add(nodes, root, "");
        return nodes;
    }

    private static void Add(List<CompletionNode> nodes, Command command, string path)
    {
        var options = command.Options.Where(o => !o.Hidden && !o.Name.StartsWith("-?", StringComparison.Ordinal)).Select(Option).ToList();
        if (options.All(o => o.Name != "--help"))
            options.Add(new CompletionOption("--help", null, "Show help.", false, false, []));
        var values = command.Arguments.SelectMany(a => a.GetCompletions(CompletionContext.Empty)).Select(c => c.Label).ToArray();
        nodes.Add(new CompletionNode(path, [.. command.Subcommands.Select(s => (s.Name, s.Description ?? ""))], options, values));
        foreach (var child in command.Subcommands)
            Add(nodes, child, path.Length == 0 ? child.Name : $"{path} {child.Name}");
    }

    private static CompletionOption Option(Option option)
    {
        var takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        var values = takesValue ? option.GetCompletions(CompletionContext.Empty).Select(c => c.Label).ToArray() : [];
        var shortName = option.Aliases.FirstOrDefault(a => a.Length == 2 && a[0] == '-' && char.IsLetter(a[1]));
        return new CompletionOption(option.Name, shortName, option.Description ?? "", takesValue, option.HelpName is "FILE" or "DIR", values);
    }
}

/// <summary>One command path and what may follow it.</summary>
internal sealed record CompletionNode(string Path, IReadOnlyList<(string Name, string Description)> Commands, IReadOnlyList<CompletionOption> Options, IReadOnlyList<string> Values)
{
    /// <summary>Command names, argument values and option names.</summary>
    public IEnumerable<string> Words => [.. Commands.Select(c => c.Name), .. Values, .. Options.SelectMany(o => o.Short is null ? [o.Name] : new[] { o.Name, o.Short })];
}

/// <summary>One option. <paramref name="Values"/> empty with <paramref name="TakesValue"/> = a path (<paramref name="Path"/>) or free text.</summary>
internal sealed record CompletionOption(string Name, string? Short, string Description, bool TakesValue, bool Path, IReadOnlyList<string> Values);
