using System.CommandLine;

namespace Weir.Cli.Verbs;

/// <summary><c>weir schema</c>: JSON with or without <c>--json</c>.</summary>
internal static class SchemaVerb
{
    public static void Build(Command command, CliContext context)
    {
        command.Options.Add(CommonOptions.Json());
        command.SetAction(_ =>
        {
            context.Console.Out.WriteLine(context.Configuration.Schema().TrimEnd());
            return ExitCode.Ok;
        });
    }
}
