using System.CommandLine;
using System.Text.Json;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;
using Weir.Core.Configuration;

namespace Weir.Cli.Verbs;

/// <summary><c>weir check FILE</c>: every diagnostic with the line it is about.</summary>
internal static class CheckVerb
{
    public static void Build(Command command, CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Configuration file." };
        var json = CommonOptions.Json();
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction(parse => Run(context, parse.GetValue(file)!, parse.GetValue(json)));
    }

    private static int Run(CliContext context, string path, bool json)
    {
        if (!File.Exists(path))
            throw new CliException(ExitCode.Usage, "no_such_file", $"there is no file '{path}'.", "Name the configuration file to check.");
        var found = context.Configuration.Check(path);
        var errors = found.Count(d => d.Severity == Severity.Error);
        if (json)
            WriteJson(context.Console.Out, path, found, errors);
        else
            WriteText(context.Console, path, found, errors);
        return errors > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private static void WriteText(CliConsole console, string path, IReadOnlyList<Diagnostic> found, int errors)
    {
        var ink = new Ink(console.Color);
        var lines = File.ReadAllLines(path);
        foreach (var diagnostic in found)
            DiagnosticText.Write(console.Out, ink, diagnostic, SameFile(diagnostic.File, path) ? lines : []);
        var warnings = found.Count - errors;
        var counts = $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}";
        console.Out.WriteLine(errors > 0 ? $"{ink.Red("refused")} {path}: {counts}" : $"{ink.Green("ok")} {path}: {(warnings > 0 ? counts : "no errors, no warnings")}");
    }

    // Secrets and includes may be reported in other files, whose text is not shown.
    private static bool SameFile(string reported, string path) =>
        reported.Length == 0 || Path.GetFullPath(reported) == Path.GetFullPath(path) || Path.GetFileName(reported) == reported && reported == Path.GetFileName(path);

    private static void WriteJson(TextWriter output, string path, IReadOnlyList<Diagnostic> found, int errors) => output.WriteLine(CliJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", errors == 0);
        json.WriteString("file", path);
        json.WriteNumber("errors", errors);
        json.WriteNumber("warnings", found.Count - errors);
        json.WritePropertyName("diagnostics");
        JsonSerializer.Serialize(json, found.Select(DiagnosticView.From).ToList(), AdminJson.Default.IReadOnlyListDiagnosticView);
        json.WriteEndObject();
    }));
}
