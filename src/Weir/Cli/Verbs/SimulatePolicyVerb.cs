using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Admin;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir simulate-policy --config NEW.yaml</c>: what another configuration would have done with recorded calls.</summary>
internal static class SimulatePolicyVerb
{
    public static void Build(Command command, CliContext context)
    {
        var config = new Option<string>("--config") { Description = "The other configuration.", HelpName = "FILE", Required = true };
        var since = new Option<string>("--since") { Description = "Calls from: 24h, 7d, or a UTC date.", HelpName = "WHEN", DefaultValueFactory = _ => "24h" };
        var until = new Option<string?>("--until") { Description = "Up to, exclusive: the same (default: now).", HelpName = "WHEN" };
        var seed = new Option<ulong>("--seed") { Description = "Decides how lots are drawn; the same seed, the same report.", HelpName = "NUMBER" };
        foreach (var option in new Option[] { config, since, until, seed })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var file = parse.GetValue(config)!;
            var path = string.Create(CultureInfo.InvariantCulture, $"admin/v1/simulate-policy?name={Uri.EscapeDataString(Path.GetFileName(file))}&seed={parse.GetValue(seed)}")
                + When("since", parse.GetValue(since), verb.Now) + When("until", parse.GetValue(until), verb.Now);
            using var interrupt = new Interrupt(cancellationToken);
            var view = await RunAsync(Read(file), path, verb, interrupt.Token);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Write(json => JsonSerializer.Serialize(json, view, AdminJson.Default.PolicyView)));
            else
                new PolicyText(verb.Ink).Write(verb.Out, view, file);
            return ExitCode.Ok;
        });
    }

    private static async Task<PolicyView> RunAsync(string yaml, string path, RemoteVerb verb, CancellationToken cancellationToken)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        var progress = new PolicyProgress(verb.Console);
        try
        {
            await foreach (var text in verb.Client.LinesAsync(HttpMethod.Post, path, content, cancellationToken))
            {
                var line = Parse(text);
                if (line.Error is { } error)
                    throw new CliException(ExitCode.Failed, error.Code, error.Message, error.Hint);
                if (line.Report is { } report)
                    return report;
                if (line.Calls is { } calls)
                    progress.Show(calls);
            }
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // Hanging up ended the reading at the gateway, too.
            throw new CliException(ExitCode.Failed, "interrupted", $"interrupted after {Format.Count(progress.Calls)} calls; a part of the calls is no report.", "A shorter --since is over sooner.", e);
        }
        finally
        {
            progress.Clear();
        }
        throw new CliException(ExitCode.Failed, "broken_off", "the simulation broke off.", "The gateway's log may say why.");
    }

    private static PolicyLine Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CliJson.Reader.PolicyLine) ?? new PolicyLine();
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Failed, "unreadable_answer", "the answer is not one of Weir's admin API.", "Check --admin-url: is it the admin listener?", e);
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, "no_such_file", $"cannot read '{file}': {e.Message}", "Name a configuration with --config FILE.", e);
        }
    }

    private static string When(string name, string? text, DateTimeOffset now) => text is null ? ""
        : TimeText.TryParse(text, now, out _) ? $"&{name}={Uri.EscapeDataString(text)}"
        : throw new CliException(ExitCode.Usage, "usage", $"--{name}: '{text}' is not a time.", "Give " + TimeText.Expected);
}
