using System.CommandLine;
using Weir.Cli.Completion;

namespace Weir.Cli.Verbs;

/// <summary><c>weir completion bash|zsh|fish</c>: a static script made from the command tree, so completing starts no process.</summary>
internal static class CompletionVerb
{
    public static void Build(Command command, CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var json = CommonOptions.Json();
        command.Arguments.Add(shell);
        command.Options.Add(json);
        command.SetAction(parse =>
        {
            var tree = CompletionTree.Read(parse.RootCommandResult.Command);
            var name = parse.GetValue(shell)!;
            var script = name switch { "bash" => BashScript.Write(tree), "zsh" => ZshScript.Write(tree), _ => FishScript.Write(tree) };
            context.Console.Out.Write(!parse.GetValue(json) ? script : CliJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("shell", name);
                writer.WriteString("script", script);
                writer.WriteEndObject();
            }) + "\n");
            return ExitCode.Ok;
        });
    }
}
