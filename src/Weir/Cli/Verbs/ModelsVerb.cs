using System.CommandLine;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir models list|discover|report</c>.</summary>
internal static class ModelsVerb
{
    public static void Build(Command command, CliContext context)
    {
        command.Subcommands.Add(Make("list", "The models that are served, and where.", HttpMethod.Get, "admin/v1/models", WriteList, context));
        command.Subcommands.Add(Make("discover", "Ask every provider for its own list of models.", HttpMethod.Post, "admin/v1/models/discover", WriteLists, context));
        command.Subcommands.Add(Make("report", "Models without a price, unknown ones, and ones their provider does not list.", HttpMethod.Get, "admin/v1/models", WriteReport, context));
    }

    private static Command Make(string name, string description, HttpMethod method, string path, Action<RemoteVerb, ModelRegistryView> write, CliContext context)
    {
        var command = new Command(name, description);
        CommonOptions.AddRemote(command, context, async (_, verb, cancellationToken) =>
        {
            var (registry, body) = await verb.Client.SendAsync(method, path, CliJson.Reader.ModelRegistryView, null, cancellationToken);
            if (verb.Json)
                verb.Out.WriteLine(CliJson.Indent(body));
            else
                write(verb, registry);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteList(RemoteVerb verb, ModelRegistryView registry)
    {
        var table = new TextTable(("MODEL", Align.Left), ("ACCESS", Align.Left), ("TARGET", Align.Left), ("CONTEXT", Align.Right), ("PRICED", Align.Left), ("OFFERED", Align.Left));
        foreach (var model in registry.Models)
        {
            foreach (var target in model.Targets)
                table.Add(
                    [Plain.Text(model.Name), model.Access, Plain.Text(target.Name), target.ContextWindow?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "-",
                    target.Priced ? "yes" : "no", target.Offered switch { true => "yes", false => "no", _ => "-" }],
                    (column, text) => column >= 4 && text == "no" ? verb.Ink.Yellow(text) : text);
        }
        table.Write(verb.Out, verb.Ink);
    }

    private static void WriteLists(RemoteVerb verb, ModelRegistryView registry)
    {
        foreach (var list in registry.Providers)
            verb.Out.WriteLine(list.Problem is { } problem ? $"{Plain.Text(list.Provider)}: {Plain.Text(problem)}"
                : $"{Plain.Text(list.Provider)}: {list.Models.Count} models, {list.Unserved.Count} of them served by no name here, {list.Unpriced.Count} without a price");
    }

    private static void WriteReport(RemoteVerb verb, ModelRegistryView registry)
    {
        var targets = registry.Models.SelectMany(m => m.Targets).DistinctBy(t => t.Name).ToList();
        Section("Served without a known price (recorded as unpriced, not as free)", targets.Where(t => !t.Priced).Select(t => t.Name));
        Section("Served, and nothing is known of them (declare capabilities and contextWindow)", targets.Where(t => !t.Known).Select(t => t.Name));
        Section("Served, but not in their provider's own list", targets.Where(t => t.Offered == false).Select(t => t.Name));
        Section("Offered without a known price", registry.Providers.SelectMany(p => p.Unpriced.Select(m => $"{p.Provider}/{m}")));
        Section("Offered, and nothing is known of them", registry.Providers.SelectMany(p => p.Unknown.Select(m => $"{p.Provider}/{m}")));
        foreach (var list in registry.Providers.Where(p => p.LastChange is not null))
        {
            var at = Format.Time(list.LastChange!.At);
            Section($"Appeared at {Plain.Text(list.Provider)}, seen {at}", list.LastChange.Appeared);
            Section($"Disappeared from {Plain.Text(list.Provider)}, seen {at}", list.LastChange.Disappeared);
        }
        foreach (var list in registry.Providers.Where(p => p.Problem is not null))
            verb.Out.WriteLine($"{Plain.Text(list.Provider)} has no list: {Plain.Text(list.Problem!)}");
        if (registry.Providers.Count == 0)
            verb.Out.WriteLine("No provider was asked for its list yet: weir models discover");

        void Section(string title, IEnumerable<string> names)
        {
            string[] all = [.. names];
            verb.Out.WriteLine($"{verb.Ink.Bold(title)}: {(all.Length == 0 ? "none" : all.Length)}");
            foreach (var name in all)
                verb.Out.WriteLine("  " + Plain.Text(name));
        }
    }
}
