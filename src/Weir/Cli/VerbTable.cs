using System.CommandLine;
using Weir.Cli.Verbs;

namespace Weir.Cli;

/// <summary>All verbs in the order help lists them. Only the one that is asked for is built: the others cost a name.</summary>
internal static class VerbTable
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("up", "Start the gateway.", UpVerb.Build),
        new("check", "Check a configuration file, offline.", CheckVerb.Build),
        new("schema", "Print the JSON Schema of the configuration file.", SchemaVerb.Build),
        new("keys", "Make, list and revoke virtual keys.", KeysVerb.Build),
        new("models", "The models that are served, what providers offer, and what nobody priced.", ModelsVerb.Build),
        new("usage", "Tokens and cost, summed from the ledger.", UsageVerb.Build),
        new("requests", "List, follow and show calls.", RequestsVerb.Build),
        new("explain", "Why a call went where it went, or where one would go; and what it costs.", ExplainVerb.Build),
        new("simulate-policy", "Replay recorded decisions against another configuration.", SimulatePolicyVerb.Build),
        new("setup", "Point a coding agent at the gateway.", SetupVerb.Build),
        new("simulate", "Serve simulated providers.", SimulateVerb.Build),
        new("version", "Print the version.", VersionVerb.Build),
        new("completion", "Print a completion script for a shell.", CompletionVerb.Build),
    ];

    /// <summary>The command tree with <paramref name="verb"/> built in full (null = every verb).</summary>
    public static RootCommand Build(CliContext context, string? verb)
    {
        var root = new RootCommand("Weir: one gateway between your applications and LLM providers.");
        // 'weir version' says more, and '--version' would be a second way to say it.
        foreach (var option in root.Options.Where(o => o is VersionOption).ToArray())
            root.Options.Remove(option);
        foreach (var (name, description, build) in All)
        {
            var command = new Command(name, description);
            if (verb is null || verb == name)
                build(command, context);
            root.Subcommands.Add(command);
        }
        return root;
    }

    /// <summary>One row: how the verb fills in its command.</summary>
    internal sealed record Verb(string Name, string Description, Action<Command, CliContext> Build);
}
