using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Weir.Cli.Terminal;

namespace Weir.Cli;

/// <summary>The command line. Results go to standard output, everything else to standard error; exit codes are <see cref="ExitCode"/>.</summary>
public static class WeirCli
{
    /// <summary>Runs one command line to its end.</summary>
    /// <param name="args">Arguments without the program name.</param>
    /// <param name="console">Where to read from and write to.</param>
    /// <param name="launcher">Starts <c>up</c> and <c>simulate</c>.</param>
    /// <param name="configuration">Behind <c>check</c> and <c>schema</c>.</param>
    /// <param name="cancellationToken">Ends the verb early, in order.</param>
    public static async Task<int> RunAsync(string[] args, CliConsole console, IServerLauncher launcher, IConfigurationTool configuration,
        CancellationToken cancellationToken = default)
    {
        var json = args.Contains("--json");
        var verb = args.FirstOrDefault(a => !a.StartsWith('-'));
        var root = VerbTable.Build(new CliContext(console, launcher, configuration), verb == "completion" ? null : verb ?? "");
        // No response files: an argument that begins with @ is an argument.
        var parse = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
        {
            Report(console, json, Misuse(parse));
            return ExitCode.Usage;
        }
        try
        {
            return await parse.InvokeAsync(
                new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (CliException failure)
        {
            Report(console, json, failure);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    private static CliException Misuse(ParseResult parse)
    {
        var path = new List<string>();
        for (SymbolResult? at = parse.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult command)
                path.Insert(0, command.Command is RootCommand ? "weir" : command.Command.Name);
        }
        var here = string.Join(' ', path);
        var message = parse.UnmatchedTokens is [{ } stranger, ..] ? $"'{here}' does not know '{stranger}'."
            : path.Count > 0 && parse.CommandResult.Command.Subcommands.Count > 0 ? $"'{here}' needs one of: {string.Join(", ", parse.CommandResult.Command.Subcommands.Select(c => c.Name))}."
            : parse.Errors[0].Message;
        return new CliException(ExitCode.Usage, "usage", message, $"'{here} --help' lists what it takes.");
    }

    private static void Report(CliConsole console, bool json, CliException failure)
    {
        if (json)
        {
            console.Error.WriteLine(CliJson.Error(failure));
            return;
        }
        var ink = new Ink(console.ErrorColor);
        console.Error.WriteLine($"{ink.Red("error:")} {Plain.Text(failure.Message)}");
        if (failure.Hint is not null)
            console.Error.WriteLine($"{ink.Dim(" next:")} {Plain.Text(failure.Hint)}");
    }
}
