using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Weir.Admin.Contracts;
using Weir.Cli.Setup;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir setup AGENT</c>: points a coding agent at the gateway. A real call comes first: when it fails, nothing is changed.</summary>
internal static class SetupVerb
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private static readonly IAgentSettings[] Agents = [new ClaudeCode(), new Codex(), new GeminiCli(), new OpenCode()];

    public static void Build(Command command, CliContext context)
    {
        var agent = new Argument<string>("AGENT") { Description = $"{string.Join(", ", Agents.Select(a => a.Name))}." };
        agent.AcceptOnlyFromAmong([.. Agents.Select(a => a.Name)]);
        var url = new Option<string?>("--url") { Description = $"The gateway's address (default: {DefaultUrl}).", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "Virtual key to use (default: WEIR_API_KEY, else a new one).", HelpName = "KEY" };
        var model = new Option<string?>("--model") { Description = "Model to start with (default: a listed one that suits the agent).", HelpName = "MODEL" };
        var print = new Option<bool>("--print") { Description = "Show the settings, change nothing." };
        var undo = new Option<bool>("--undo") { Description = "Put the agent's settings back as they were." };
        command.Arguments.Add(agent);
        foreach (var option in new Option[] { url, key, model, print, undo })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, (parse, verb, cancellationToken) =>
        {
            var settings = Agents.First(a => a.Name == parse.GetValue(agent));
            var journal = new SetupJournal(DataOf(parse, context.Console), settings.Name);
            if (parse.GetValue(undo))
                return Task.FromResult(Undo(verb, settings, journal));
            var wish = new Wish(settings, journal, AddressOf(parse.GetValue(url)), parse.GetValue(key) ?? context.Console.Variable("WEIR_API_KEY"), parse.GetValue(model),
                parse.GetValue(print), FoldersOf(context.Console));
            return SetUpAsync(verb, wish, cancellationToken);
        });
    }

    private static async Task<int> SetUpAsync(RemoteVerb verb, Wish wish, CancellationToken cancellationToken)
    {
        var made = wish.Key is null or "" ? await NewKeyAsync(verb, wish.Agent.Name, cancellationToken) : null;
        try
        {
            using var probe = new GatewayProbe(wish.Url, made?.Secret ?? wish.Key!, verb.Console.Transport);
            var models = await probe.ModelsAsync(cancellationToken);
            var connection = new Connection(wish.Url, made?.Secret ?? wish.Key!, wish.Model ?? Choose(wish.Agent, models), models);
            var changes = wish.Agent.Plan(wish.Folders, connection);
            var (path, body) = wish.Agent.Probe(connection);
            if (!verb.Json)
                verb.Console.Error.WriteLine($"Calling {connection.Model} through {connection.At()} the way {wish.Agent.DisplayName} does …");
            await probe.CallAsync(path, body, cancellationToken);
            if (!wish.PrintOnly)
                wish.Journal.Apply(changes);
            Report(verb, wish, connection, changes, made);
            return ExitCode.Ok;
        }
        catch (Exception) when (made is not null)
        {
            // A key nobody knows of should not stay.
            await verb.Client.SendAsync(HttpMethod.Delete, "admin/v1/keys/" + Uri.EscapeDataString(made.Key.Id), CliJson.Reader.KeyList, null, CancellationToken.None);
            throw;
        }
    }

    private static void Report(RemoteVerb verb, Wish wish, Connection connection, IReadOnlyList<FileChange> changes, CreatedKey? made)
    {
        if (verb.Json)
        {
            verb.Out.WriteLine(CliJson.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("agent", wish.Agent.Name);
                json.WriteString("url", connection.At());
                json.WriteString("model", connection.Model);
                json.WriteString("keyId", made?.Key.Id);
                json.WriteBoolean("written", !wish.PrintOnly);
                json.WriteStartArray("files");
                foreach (var change in changes)
                {
                    json.WriteStartObject();
                    json.WriteString("path", change.Path);
                    if (wish.PrintOnly)
                        json.WriteString("content", change.After);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }));
            return;
        }
        foreach (var change in changes)
        {
            verb.Out.WriteLine(wish.PrintOnly ? verb.Ink.Bold(change.Path) : $"{verb.Ink.Bold("wrote")} {change.Path}");
            if (wish.PrintOnly)
                verb.Out.WriteLine(change.After);
        }
        if (made is not null)
            verb.Out.WriteLine($"{verb.Ink.Bold("key")}   {Plain.Text(made.Key.Name)} ({made.Key.Id})");
        verb.Out.WriteLine($"{verb.Ink.Bold("call")}  {Plain.Text(connection.Model)} answered");
        if (!wish.PrintOnly)
            verb.Out.WriteLine($"Start it with: {wish.Agent.Start(connection)}   Undo: weir setup {wish.Agent.Name} --undo");
    }

    private static int Undo(RemoteVerb verb, IAgentSettings agent, SetupJournal journal)
    {
        if (!journal.Exists)
            throw new CliException(ExitCode.Failed, "nothing_to_undo", $"weir has not set up {agent.DisplayName} from this data directory.", "Name the data directory used then: --data DIR.");
        var (restored, changed) = journal.Undo();
        if (verb.Json)
        {
            verb.Out.WriteLine(CliJson.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("agent", agent.Name);
                WriteList(json, "restored", restored);
                WriteList(json, "changedSince", changed);
                json.WriteEndObject();
            }));
        }
        else
        {
            foreach (var path in restored)
                verb.Out.WriteLine($"{verb.Ink.Bold("restored")} {path}");
        }
        return changed.Count == 0 ? ExitCode.Ok : throw new CliException(ExitCode.Failed, "changed_since", $"{string.Join(", ", changed)} changed since setup and was left alone.",
            "Take the gateway's address and key out by hand.");
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static async Task<CreatedKey> NewKeyAsync(RemoteVerb verb, string agent, CancellationToken cancellationToken)
    {
        var name = $"{agent}-{verb.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        for (var n = 1; ; n++)
        {
            var request = new CreateKeyRequest(n == 1 ? name : $"{name}-{n}", null, null, null, null, null);
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Default.CreateKeyRequest));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            try
            {
                return (await verb.Client.SendAsync(HttpMethod.Post, "admin/v1/keys", CliJson.Reader.CreatedKey, content, cancellationToken)).Value;
            }
            catch (CliException e) when (e.Code == "name_taken" && n < 100)
            {
                // Set up twice within a second.
            }
        }
    }

    private static string Choose(IAgentSettings agent, IReadOnlyList<string> models)
    {
        foreach (var start in agent.PreferredModels)
        {
            if (models.FirstOrDefault(m => m.StartsWith(start, StringComparison.Ordinal)) is { } fitting)
                return fitting;
        }
        return models.Count > 0 ? models[0] : throw new CliException(ExitCode.Failed, "no_models", "The gateway lists no model for this key.", "Name one with --model, or add models to the configuration.");
    }

    private static Uri AddressOf(string? text) =>
        Uri.TryCreate((text ?? DefaultUrl).TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new CliException(ExitCode.Usage, "usage", $"'{text}' is not an http or https address.", $"Example: --url {DefaultUrl}");

    private static UserFolders FoldersOf(CliConsole console) => new(console.Variable("HOME") ?? console.Variable("USERPROFILE") ?? throw new CliException(ExitCode.Failed, "no_home", "There is no home directory (HOME is not set).", "Use --print."),
        console.Variable);

    private static string DataOf(ParseResult parse, CliConsole console) =>
        parse.GetValue<string?>("--data") is { } given ? Path.GetFullPath(given) : DataDirectory.Default(console.Variable);

    /// <summary>What was asked for on the command line.</summary>
    private sealed record Wish(IAgentSettings Agent, SetupJournal Journal, Uri Url, string? Key, string? Model, bool PrintOnly, UserFolders Folders);
}
