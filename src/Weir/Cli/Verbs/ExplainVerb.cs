using System.CommandLine;
using System.Text;
using System.Text.Json;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary><c>weir explain ID</c>: the decision record of a call as a tree. <c>weir explain --request FILE</c>: that of a call that is not made.</summary>
internal static class ExplainVerb
{
    public static void Build(Command command, CliContext context)
    {
        var id = new Argument<string?>("ID") { Description = "Request id (x-weir-request-id).", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--request") { Description = "Where a request body would go; nothing is sent.", HelpName = "FILE" };
        var path = new Option<string?>("--path") { Description = "Path the request is for (default: told by its shape).", HelpName = "PATH" };
        var key = new Option<string?>("--key") { Description = "Key it is made with (default: one that may use every model).", HelpName = "NAME" };
        var labels = new Option<string[]>("--label") { Description = "A label it carries; counts if the key allows it.", HelpName = "NAME=VALUE" };
        var headers = new Option<string[]>("--header") { Description = "A header it carries.", HelpName = "NAME:VALUE" };
        command.Arguments.Add(id);
        foreach (var option in new Option[] { file, path, key, labels, headers })
            command.Options.Add(option);
        CommonOptions.AddRemote(command, context, async (parse, verb, cancellationToken) =>
        {
            var (call, request) = (parse.GetValue(id), parse.GetValue(file));
            if (call is null == request is null)
                throw new CliException(ExitCode.Usage, "usage", "name one call or one request.", "weir explain ID, or weir explain --request FILE");
            return call is not null ? await ExplainAsync(call, verb, cancellationToken)
                : await TryAsync(Request(request!, parse.GetValue(path), parse.GetValue(key), parse.GetValue(labels) ?? [], parse.GetValue(headers) ?? []), verb, cancellationToken);
        });
    }

    private static async Task<int> ExplainAsync(string id, RemoteVerb verb, CancellationToken cancellationToken)
    {
        var (detail, body) = await verb.Client.GetAsync("admin/v1/requests/" + Uri.EscapeDataString(id), CliJson.Reader.CallDetail, cancellationToken);
        if (verb.Json)
        {
            verb.Out.WriteLine(CliJson.Indent(body));
            return ExitCode.Ok;
        }
        CallSummary.WriteHead(verb.Out, verb.Ink, detail.Request);
        verb.Out.WriteLine();
        if (detail.Decision is { ValueKind: JsonValueKind.Object } decision)
            new DecisionTree(verb.Ink).Build(decision).Write(verb.Out, verb.Ink);
        else
            verb.Out.WriteLine(verb.Ink.Dim("No decision was recorded: the call ended before routing."));
        return ExitCode.Ok;
    }

    private static async Task<int> TryAsync(ExplainRequest request, RemoteVerb verb, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Default.ExplainRequest));
        content.Headers.ContentType = new("application/json");
        var (view, body) = await verb.Client.SendAsync(HttpMethod.Post, "admin/v1/explain", CliJson.Reader.ExplainView, content, cancellationToken);
        if (verb.Json)
        {
            verb.Out.WriteLine(CliJson.Indent(body));
            return ExitCode.Ok;
        }
        verb.Out.WriteLine($"{verb.Ink.Bold("Dry run")}: nothing was sent. Read as {Plain.Text(view.Dialect)} ({Plain.Text(view.Path)}){(request.Path is null ? ", as its shape tells" : "")}.");
        verb.Out.WriteLine();
        new DecisionTree(verb.Ink).Build(view.Decision).Write(verb.Out, verb.Ink);
        if (view.Estimates.Count > 0)
        {
            verb.Out.WriteLine();
            WriteEstimates(verb.Out, verb.Ink, view.Estimates);
        }
        return ExitCode.Ok;
    }

    private static void WriteEstimates(TextWriter output, Ink ink, IReadOnlyList<EstimateView> estimates)
    {
        var table = new TextTable(("WOULD COST AT", Align.Left), ("IN", Align.Right), ("OUT", Align.Right), ("USD", Align.Point), ("PRICE", Align.Left), ("ANSWER RECKONED AS", Align.Left));
        foreach (var e in estimates)
        {
            table.Add([Plain.Text(e.Target), Format.Count(e.InputTokens), Format.Count(e.OutputTokens), e.CostUsd ?? "-", Plain.Text(e.PriceRow ?? "unpriced"), e.OutputBasis switch
            {
                "seen" => "the mean of answers there",
                "cap" => "the request's cap: at most this",
                _ => "nothing: no answer was seen there yet",
            }]);
        }
        table.Write(output, ink);
    }

    private static ExplainRequest Request(string file, string? path, string? key, string[] labels, string[] headers)
    {
        var sent = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            var at = header.IndexOf(':');
            if (at <= 0)
                throw new CliException(ExitCode.Usage, "usage", $"--header: '{header}' is not NAME:VALUE.", "Example: --header x-weir-session:abc");
            sent[header[..at].Trim()] = header[(at + 1)..].Trim();
        }
        foreach (var label in labels)
        {
            if (label.IndexOf('=') <= 0)
                throw new CliException(ExitCode.Usage, "usage", $"--label: '{label}' is not NAME=VALUE.", "Example: --label workload=support");
        }
        if (labels.Length > 0)
            sent[Core.Spine.CallLabels.Header] = string.Join(", ", labels);
        return new ExplainRequest(Body(file), path, key, sent);
    }

    private static JsonElement Body(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file, Encoding.UTF8));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Usage, "not_json", $"'{file}' is not JSON: {e.Message}", "Give a request body as a client would send it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, "no_such_file", $"cannot read '{file}': {e.Message}", "Name a file with a request body.", e);
        }
    }
}
