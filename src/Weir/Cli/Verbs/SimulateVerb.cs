using System.CommandLine;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir simulate</c>.</summary>
internal static class SimulateVerb
{
    public static void Build(Command command, CliContext context)
    {
        var listen = new Option<string>("--listen") { Description = "Address to serve on; port 0 takes a free one.", HelpName = "ADDR", DefaultValueFactory = _ => "127.0.0.1:9090" };
        var script = new Option<string?>("--script") { Description = "Script that decides the answers.", HelpName = "FILE" };
        var replay = new Option<string?>("--replay") { Description = "Directory of recorded exchanges to serve.", HelpName = "DIR" };
        var json = CommonOptions.Json();
        foreach (var option in new Option[] { listen, script, replay, json })
            command.Options.Add(option);
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(script) is { } file && !File.Exists(file))
                throw new CliException(ExitCode.Usage, "no_such_file", $"there is no file '{file}'.", "Name the script with --script FILE.");
            if (parse.GetValue(replay) is { } directory && !Directory.Exists(directory))
                throw new CliException(ExitCode.Usage, "no_such_directory", $"there is no directory '{directory}'.", "Name the recordings with --replay DIR.");
            using var interrupt = new Interrupt(cancellationToken);
            return await context.Launcher.SimulateAsync(
                new SimulateOptions(parse.GetValue(listen)!, parse.GetValue(script), parse.GetValue(replay), parse.GetValue(json)), context.Console, interrupt.Token);
        });
    }
}
