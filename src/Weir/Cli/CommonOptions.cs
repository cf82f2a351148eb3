using System.CommandLine;

namespace Weir.Cli;

/// <summary>Options that several verbs share, spelt once.</summary>
internal static class CommonOptions
{
    public const string DefaultAdminUrl = "http://127.0.0.1:8081";
    public const string AdminUrlVariable = "WEIR_ADMIN_URL";

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<string?> Data() =>
        new("--data") { Description = "Data directory (default: WEIR_DATA, else ~/.weir).", HelpName = "DIR" };

    /// <summary>Adds <c>--json</c>, <c>--admin-url</c> and <c>--data</c> and the action of a verb that asks the running server.</summary>
    public static void AddRemote(Command command, CliContext context, Func<ParseResult, RemoteVerb, CancellationToken, Task<int>> action)
    {
        var json = Json();
        var data = Data();
        var url = new Option<string?>("--admin-url")
        {
            Description = $"Admin address of the running gateway (default: {AdminUrlVariable}, else {DefaultAdminUrl}).",
            HelpName = "URL",
        };
        command.Options.Add(json);
        command.Options.Add(url);
        command.Options.Add(data);
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var client = AdminClient.Create(context.Console, parse.GetValue(url), parse.GetValue(data));
            return await action(parse, new RemoteVerb(context.Console, client, parse.GetValue(json)), cancellationToken);
        });
    }
}
