using System.CommandLine;
using System.Text.Json;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir requests tail|show</c>.</summary>
internal static class RequestsVerb
{
    public static void Build(Command command, CliContext context)
    {
        command.Subcommands.Add(Tail(context));
        command.Subcommands.Add(Show(context));
    }

    private static Command Tail(CliContext context)
    {
        var command = new Command("tail", "The latest calls, oldest first.");
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with calls as they finish." };
        var limit = new Option<int>("--limit", "-n") { Description = "How many (0 to 1000).", HelpName = "N", DefaultValueFactory = _ => 20 };
        var model = new Option<string?>("--model") { Description = "Only this model.", HelpName = "MODEL" };
        var key = new Option<string?>("--key") { Description = "Only this key (id or name).", HelpName = "KEY" };
        var failed = new Option<bool>("--failed") { Description = "Only calls that failed." };
        foreach (var option in new Option[] { follow, limit, model, key, failed })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var count = parse.GetValue(limit);
            if (count is < 0 or > 1000)
                throw new CliException(ExitCode.Usage, "usage", $"--limit: {count} is not between 0 and 1000.", "Use --follow for an endless list.");
            var path = $"admin/v1/requests?limit={count}"
                + (parse.GetValue(model) is { } m ? "&model=" + Uri.EscapeDataString(m) : "")
                + (parse.GetValue(key) is { } k ? "&key=" + Uri.EscapeDataString(k) : "")
                + (parse.GetValue(failed) ? "&failed=1" : "");
            if (parse.GetValue(follow))
            {
                using var interrupt = new Interrupt(cancellationToken);
                return await FollowAsync(verb, path + "&follow=1", interrupt.Token);
            }
            var (list, body) = await verb.Client.GetAsync(path, CliJson.Reader.CallList, cancellationToken);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Indent(body));
            else
                CallLines.WriteTable(verb.Out, verb.Ink, list.Requests.Reverse());
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<int> FollowAsync(RemoteVerb verb, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!verb.Json)
                verb.Out.WriteLine(CallLines.Header(verb.Ink));
            await foreach (var line in verb.Client.LinesAsync(path, cancellationToken))
            {
                // NDJSON stays NDJSON: one call per line.
                verb.Out.WriteLine(verb.Json ? line : CallLines.Line(verb.Ink, JsonSerializer.Deserialize(line, CliJson.Reader.CallView)!));
                await verb.Out.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how following ends.
        }
        return ExitCode.Ok;
    }

    private static Command Show(CliContext context)
    {
        var command = new Command("show", "One call with its attempts.");
        var id = new Argument<string>("ID") { Description = "Request id." };
        command.Arguments.Add(id);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var (detail, body) = await verb.Client.GetAsync("admin/v1/requests/" + Uri.EscapeDataString(parse.GetValue(id)!), CliJson.Reader.CallDetail, cancellationToken);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Indent(body));
            else
                CallSummary.Write(verb.Out, verb.Ink, detail);
            return ExitCode.Ok;
        });
        return command;
    }
}
