using System.CommandLine;

namespace Weir.Cli.Verbs;

/// <summary><c>weir explain ID</c>: the decision record of a call as a tree.</summary>
internal static class ExplainVerb
{
    public static void Build(Command command, CliContext context)
    {
        var id = new Argument<string>("ID") { Description = "Request id (x-weir-request-id)." };
        command.Arguments.Add(id);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var (detail, body) = await verb.Client.GetAsync("admin/v1/requests/" + Uri.EscapeDataString(parse.GetValue(id)!), CliJson.Reader.CallDetail, cancellationToken);
            if (verb.Json)
            {
                verb.Out.WriteLine(CliJson.Indent(body));
                return ExitCode.Ok;
            }
            CallSummary.WriteHead(verb.Out, verb.Ink, detail.Request);
            verb.Out.WriteLine();
            if (detail.Decision is { ValueKind: System.Text.Json.JsonValueKind.Object } decision)
                new DecisionTree(verb.Ink).Build(decision).Write(verb.Out, verb.Ink);
            else
                verb.Out.WriteLine(verb.Ink.Dim("No decision was recorded: the call ended before routing."));
            return ExitCode.Ok;
        });
    }
}
