using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Anthropic;

/// <summary><c>POST /v1/messages/count_tokens</c>: the same count that a call would be charged, free of charge.</summary>
internal sealed class CountTokensHandler(SimulatorOptions options, MessagesDialect shape)
{
    public const string DialectName = "anthropic.count_tokens";

    private readonly ThinkingSeal _seal = new(options.Seed);

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            AnthropicErrors.Authenticate(call.Http.Request, options.RequiredKey);
            using var document = CallRunner.Parse(body);
            var request = MessagesRequestReader.Read(document.RootElement, null, _seal, counting: true);
            call.Model = request.Model;
            AnthropicErrors.SetHeaders(call.Http.Response.Headers, 200, call.RequestId, 0, call.StartedAt);
            using var buffer = new EventBuffer();
            var json = buffer.BeginJson();
            json.WriteStartObject();
            json.WriteNumber("input_tokens", request.Input.Input);
            json.WriteEndObject();
            buffer.EndJson();
            call.Http.Response.ContentType = "application/json";
            CallRunner.WriteUnflushed(call.Http.Response, buffer.Written);
            call.SentWhole(default);
            call.Finish(Completion.Complete);
        }
        catch (ApiFault fault)
        {
            AnthropicErrors.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0, call.StartedAt);
            CallRunner.Refuse(call, shape, fault);
        }
    }
}
