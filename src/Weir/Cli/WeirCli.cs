using System.CommandLine;
using System.CommandLine.Help;
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
            var command = string.Join(' ', parse.CommandResult.Command.Parents.OfType<Command>().Reverse().Append(parse.CommandResult.Command)
                .Select(c => c is RootCommand ? "weir" : c.Name).Distinct());
            Report(console, json, new CliException(ExitCode.Usage, "usage", parse.Errors[0].Message, $"'{command} --help' lists what it takes."));
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
