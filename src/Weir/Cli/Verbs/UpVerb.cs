using System.CommandLine;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir up</c>.</summary>
internal static class UpVerb
{
    public static void Build(Command command, CliContext context)
    {
        var config = new Option<string?>("--config", "-c") { Description = "Configuration file (default: weir.yaml here, when there is one).", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var listen = new Option<string?>("--listen") { Description = "Address for applications (default: from the configuration, else 127.0.0.1:8080).", HelpName = "ADDR" };
        var admin = new Option<string?>("--admin") { Description = "Address for operators (default: from the configuration, else 127.0.0.1:8081).", HelpName = "ADDR" };
        var demo = new Option<bool>("--demo") { Description = "Serve simulated providers and make a key: a first call without any account." };
        var json = CommonOptions.Json();
        foreach (var option in new Option[] { config, data, listen, admin, demo, json })
            command.Options.Add(option);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var path = parse.GetValue(config) ?? (File.Exists("weir.yaml") ? "weir.yaml" : null);
            if (path is not null && !File.Exists(path))
                throw new CliException(ExitCode.Usage, "no_such_file", $"there is no file '{path}'.", "Name the configuration with --config FILE.");
            if (path is null && !parse.GetValue(demo))
                throw new CliException(ExitCode.Usage, "no_configuration", "there is no weir.yaml here and --config was not given.",
                    "'weir up --demo' runs without one, on simulated providers.");
            var directory = parse.GetValue(data) is { } given ? Path.GetFullPath(given) : DataDirectory.Default(context.Console.Variable);
            var options = new UpOptions(path is null ? null : Path.GetFullPath(path), directory, parse.GetValue(listen), parse.GetValue(admin), parse.GetValue(demo), parse.GetValue(json));
            using var interrupt = new Interrupt(cancellationToken);
            return await context.Launcher.UpAsync(options, context.Console, interrupt.Token);
        });
    }
}
