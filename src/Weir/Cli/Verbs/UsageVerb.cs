using System.CommandLine;
using Weir.Admin;
using Weir.Core.Metering;

namespace Weir.Cli.Verbs;

/// <summary><c>weir usage</c>.</summary>
internal static class UsageVerb
{
    public static void Build(Command command, CliContext context)
    {
        var by = new Option<string[]>("--by") { Description = $"Group by {UsageDimensions.Names}; up to two (default: model).", HelpName = "WHAT" };
        by.CompletionSources.Add(UsageDimensions.Names.Split(", "));
        var since = new Option<string?>("--since") { Description = "From: 24h, 7d, or a UTC date (default: everything).", HelpName = "WHEN" };
        var until = new Option<string?>("--until") { Description = "Up to, exclusive: the same (default: now).", HelpName = "WHEN" };
        var kind = new Option<string?>("--kind") { Description = "Only calls, or only copies that mirrors made (default: both).", HelpName = $"{UsageKinds.Call}|{UsageKinds.Copy}" };
        kind.CompletionSources.Add(UsageKinds.Call, UsageKinds.Copy);
        foreach (var option in new Option[] { by, since, until, kind })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var groups = (parse.GetValue(by) ?? []).SelectMany(b => b.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToArray();
            if (groups.FirstOrDefault(g => !UsageDimensions.TryParse(g, out _)) is { } unknown)
                throw new CliException(ExitCode.Usage, "usage", $"--by: '{unknown}' is not one of {UsageDimensions.Names}.", "Example: weir usage --by team --by model");
            if (parse.GetValue(kind) is { } word && UsageKinds.Parse(word) is null)
                throw new CliException(ExitCode.Usage, "usage", $"--kind: '{word}' is neither {UsageKinds.Call} nor {UsageKinds.Copy}.", "Example: weir usage --kind call");
            var path = "admin/v1/usage?" + string.Join('&', [
                .. (groups.Length == 0 ? ["model"] : groups).Select(g => $"by={g}"),
                .. parse.GetValue(kind) is { } only ? (string[])[$"kind={only}"] : [],
                .. When("since", parse.GetValue(since), verb.Now), .. When("until", parse.GetValue(until), verb.Now)]);
            var (report, body) = await verb.Client.GetAsync(path, CliJson.Reader.UsageReport, cancellationToken);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Indent(body));
            else
                UsageTable.Write(verb.Out, verb.Ink, report);
            return ExitCode.Ok;
        });
    }

    private static string[] When(string name, string? text, DateTimeOffset now)
    {
        if (text is null)
            return [];
        return TimeText.TryParse(text, now, out _)
            ? [$"{name}={Uri.EscapeDataString(text)}"]
            : throw new CliException(ExitCode.Usage, "usage", $"--{name}: '{text}' is not a time.", "Give " + TimeText.Expected);
    }
}
