using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary><c>POST /v1/responses/input_tokens</c>: the count that a call would be charged, free of charge.</summary>
internal sealed class InputTokensHandler(SimulatorOptions options, ResponsesDialect shape)
{
    public const string DialectName = "openai.input_tokens";

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            OpenAiErrors.Authenticate(call.Http.Request, options.RequiredKey);
            using var document = CallRunner.Parse(body);
            var request = shape.Read(call.Http.Request, document.RootElement);
            call.Model = request.Model;
            OpenAiErrors.SetHeaders(call.Http.Response.Headers, 200, call.RequestId, 0);
            using var buffer = new EventBuffer();
            var json = buffer.BeginJson();
            json.WriteStartObject();
            json.WriteString("object", "response.input_tokens");
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
            OpenAiErrors.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0);
            CallRunner.Refuse(call, shape, fault);
        }
    }
}
