using System.Text.RegularExpressions;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Bedrock;

/// <summary><c>POST /model/{model}/count-tokens</c> for Converse requests: the count that a call would be charged, free of charge. Knows models, not inference profiles.</summary>
internal sealed partial class ConverseCountHandler(SimulatorOptions options, ConverseDialect shape)
{
    public const string DialectName = "bedrock.count_tokens";

    private readonly ThinkingSeal _seal = new(options.Seed);

    public static bool Serves(string path) =>
        path.Contains("/model/", StringComparison.Ordinal) && path.EndsWith("/count-tokens", StringComparison.Ordinal);

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        var headers = call.Http.Response.Headers;
        try
        {
            var request = call.Http.Request;
            shape.Authenticate(request, options.RequiredKey);
            var path = request.Path.Value!;
            var start = path.LastIndexOf("/model/", StringComparison.Ordinal) + 7;
            call.Model = Uri.UnescapeDataString(path[start..path.LastIndexOf('/')]);
            if (Profile().IsMatch(call.Model))
                throw new ApiFault(400, "The provided model doesn't support counting tokens.");
            using var document = CallRunner.Parse(body);
            var converse = document.RootElement.Get("input")?.Get("converse") ?? throw new ApiFault(400, "input.converse is required");
            var read = ConverseRequestReader.Read(converse, call.Model, stream: false, _seal);
            using var buffer = new EventBuffer();
            var json = buffer.BeginJson();
            json.WriteStartObject();
            json.WriteNumber("inputTokens", read.Input.Input);
            json.WriteEndObject();
            buffer.EndJson();
            shape.SetHeaders(headers, 200, call.RequestId, 0, call.StartedAt);
            call.Http.Response.ContentType = "application/json";
            CallRunner.WriteUnflushed(call.Http.Response, buffer.Written);
            call.SentWhole(default);
            call.Finish(Completion.Complete);
        }
        catch (ApiFault fault)
        {
            shape.SetHeaders(headers, fault.Status, call.RequestId, 0, call.StartedAt);
            CallRunner.Refuse(call, shape, fault);
        }
    }

    [GeneratedRegex("^(us|us-gov|eu|apac|jp|au|ca|global)\\.")]
    private static partial Regex Profile();
}
