using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Weir.Admin;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir keys create|list|revoke</c>.</summary>
internal static class KeysVerb
{
    public static void Build(Command command, CliContext context)
    {
        command.Subcommands.Add(Create(context));
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Revoke(context));
    }

    private static Command Create(CliContext context)
    {
        var command = new Command("create", "Make a key; its secret is shown once.");
        var name = new Argument<string>("NAME") { Description = "Name to recognise it by, unique in its tenant." };
        var team = new Option<string?>("--team") { Description = "Team it belongs to.", HelpName = "TEAM" };
        var tenant = new Option<string?>("--tenant") { Description = "Tenant (default: the team's, else 'default').", HelpName = "TENANT" };
        var models = new Option<string[]>("--model") { Description = "Model or pattern (gpt-*) it may use; repeatable (default: all).", HelpName = "MODEL", AllowMultipleArgumentsPerToken = false };
        var expires = new Option<string?>("--expires") { Description = "Lifetime from now: 12h, 30d, 8w (default: none).", HelpName = "SPAN" };
        var labels = new Option<string[]>("--label") { Description = "Label of every call with the key, name=value; repeatable.", HelpName = "LABEL", AllowMultipleArgumentsPerToken = false };
        var allow = new Option<string[]>("--allow-label") { Description = "Label its callers may set: name, or name=value for one value; repeatable.", HelpName = "LABEL", AllowMultipleArgumentsPerToken = false };
        command.Arguments.Add(name);
        foreach (var option in new Option[] { team, tenant, models, expires, labels, allow })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, (parse, verb, cancellationToken) =>
        {
            long? seconds = null;
            if (parse.GetValue(expires) is { } text)
                seconds = TimeText.TryParseSpan(text, out var span) ? (long)span.TotalSeconds
                    : throw new CliException(ExitCode.Usage, "usage", $"--expires: '{text}' is not a span.", "Examples: 12h, 30d, 8w.");
            var request = new CreateKeyRequest(parse.GetValue(name)!, parse.GetValue(tenant), parse.GetValue(team), parse.GetValue(models) is { Length: > 0 } m ? m : null, null, seconds,
                LabelsOf(parse.GetValue(labels)), parse.GetValue(allow) is { Length: > 0 } a ? a : null);
            return CreateAsync(verb, request, cancellationToken);
        });
        return command;
    }

    private static Dictionary<string, string>? LabelsOf(string[]? options)
    {
        if (options is null or [])
            return null;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (option.Split('=', 2) is not [var name, var value] || !labels.TryAdd(name.Trim(), value.Trim()))
                throw new CliException(ExitCode.Usage, "usage", $"--label: '{option}' is not name=value, or names a label twice.", "Example: --label workload=support");
        }
        return labels;
    }

    private static async Task<int> CreateAsync(RemoteVerb verb, CreateKeyRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Default.CreateKeyRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var (created, body) = await verb.Client.SendAsync(HttpMethod.Post, "admin/v1/keys", CliJson.Reader.CreatedKey, content, cancellationToken);
        if (verb.Json)
        {
            verb.Out.WriteLine(CliJson.Indent(body));
            return ExitCode.Ok;
        }
        var key = created.Key;
        verb.Out.WriteLine($"{verb.Ink.Bold(created.Secret)}");
        verb.Out.WriteLine();
        verb.Out.WriteLine($"  {verb.Ink.Dim("id      ")} {key.Id}");
        verb.Out.WriteLine($"  {verb.Ink.Dim("name    ")} {Plain.Text(key.Name)}");
        verb.Out.WriteLine($"  {verb.Ink.Dim("tenant  ")} {Plain.Text(key.Tenant)}{(key.Team is null ? "" : $", team {Plain.Text(key.Team)}")}");
        verb.Out.WriteLine($"  {verb.Ink.Dim("models  ")} {Models(key)}");
        if (key.Labels.Count > 0)
            verb.Out.WriteLine($"  {verb.Ink.Dim("labels  ")} {Plain.Text(string.Join(", ", key.Labels.Select(l => $"{l.Key}={l.Value}")))}");
        if (key.AllowLabels.Count > 0)
            verb.Out.WriteLine($"  {verb.Ink.Dim("may set ")} {Plain.Text(string.Join(", ", key.AllowLabels))}");
        verb.Out.WriteLine($"  {verb.Ink.Dim("expires ")} {(key.ExpiresAt is { } at ? $"{Format.Time(at)} ({Format.Relative(at, verb.Now)})" : "never")}");
        verb.Console.Error.WriteLine("Keep the secret now: it is not stored and cannot be shown again.");
        return ExitCode.Ok;
    }

    private static Command List(CliContext context)
    {
        var command = new Command("list", "List all keys, newest first.");
        CommonOptions.AddRemote(command, context, async (_, verb, cancellationToken) =>
        {
            var (list, body) = await verb.Client.GetAsync("admin/v1/keys", CliJson.Reader.KeyList, cancellationToken);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Indent(body));
            else if (list.Keys.Count == 0)
                verb.Out.WriteLine("No keys yet. Make one: weir keys create NAME");
            else
                WriteTable(verb, list);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Revoke(CliContext context)
    {
        var command = new Command("revoke", "Revoke a key, effective for the next call.");
        var id = new Argument<string>("ID") { Description = "Id or name." };
        command.Arguments.Add(id);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var path = "admin/v1/keys/" + Uri.EscapeDataString(parse.GetValue(id)!);
            var (list, body) = await verb.Client.SendAsync(HttpMethod.Delete, path, CliJson.Reader.KeyList, null, cancellationToken);
            verb.Out.WriteLine(verb.Json ? CliJson.Indent(body) : string.Join(Environment.NewLine, list.Keys.Select(k => $"Revoked {Plain.Text(k.Name)} ({k.Id}).")));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteTable(RemoteVerb verb, KeyList list)
    {
        var table = new TextTable(("NAME", Align.Left), ("ID", Align.Left), ("TENANT", Align.Left), ("TEAM", Align.Left), ("MODELS", Align.Left),
            ("SECRET", Align.Left), ("STATE", Align.Left), ("CREATED", Align.Left), ("EXPIRES", Align.Left), ("FROM", Align.Left));
        foreach (var key in list.Keys)
        {
            var dead = key.State != "active";
            table.Add(
                [
                    Plain.Text(key.Name), key.Id, Plain.Text(key.Tenant), key.Team is null ? "-" : Plain.Text(key.Team), Models(key), Plain.Text(key.Hint), key.State,
                    Format.Date(key.CreatedAt), key.ExpiresAt is { } at ? $"{Format.Date(at)} ({Format.Relative(at, verb.Now)})" : "never", key.Origin,
                ],
                (column, text) => dead ? verb.Ink.Dim(text) : column == 6 ? verb.Ink.Green(text) : text);
        }
        table.Write(verb.Out, verb.Ink);
    }

    private static string Models(KeyView key) => key.Models.Count == 0 || key.Models.Contains("*") ? "all" : Plain.Text(string.Join(", ", key.Models));
}
