using System.CommandLine;
using System.Runtime.InteropServices;

namespace Weir.Cli.Verbs;

/// <summary><c>weir version</c>.</summary>
internal static class VersionVerb
{
    public static void Build(Command command, CliContext context)
    {
        var json = CommonOptions.Json();
        command.Options.Add(json);
        command.SetAction(parse =>
        {
            var output = context.Console.Out;
            if (!parse.GetValue(json))
            {
                output.WriteLine($"weir {WeirVersion.Text} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
                return ExitCode.Ok;
            }
            output.WriteLine(CliJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("version", WeirVersion.Text);
                writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                writer.WriteString("os", RuntimeInformation.OSDescription);
                writer.WriteString("architecture", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
                writer.WriteEndObject();
            }));
            return ExitCode.Ok;
        });
    }
}
