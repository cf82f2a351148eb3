using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>
/// Gemini <c>countTokens</c>, <c>embedContent</c> and <c>batchEmbedContents</c>: the same count that a call would be charged,
/// and vectors. The embedding methods report no usage, as in the real API.
/// </summary>
internal sealed class CountHandler(SimulatorOptions options, GenerateDialect shape)
{
    public const string DialectName = "gemini.other";

    private readonly ThoughtSeal _seal = new(options.Seed);

    public static bool Serves(string path) =>
        path.Contains("/models/", StringComparison.Ordinal) && (path.EndsWith(":countTokens", StringComparison.Ordinal) || GeminiVectors.Serves(path));

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            var request = call.Http.Request;
            GeminiErrors.Authenticate(request, options.RequiredKey);
            var path = request.Path.Value!;
            call.Model = path[(path.LastIndexOf('/') + 1)..path.LastIndexOf(':')];
            using var document = CallRunner.Parse(body);
            using var buffer = new EventBuffer();
            if (GeminiVectors.Serves(path))
            {
                GeminiVectors.Write(document.RootElement, call.Model, isBatch: path.EndsWith(":batchEmbedContents", StringComparison.Ordinal), buffer);
            }
            else
            {
                var counted = document.RootElement.Get("generateContentRequest") ?? document.RootElement;
                var read = GenerateRequestReader.Read(counted, call.Model, stream: false, _seal);
                var json = buffer.BeginJson();
                json.WriteStartObject();
                json.WriteNumber("totalTokens", read.Input.Input);
                json.WriteEndObject();
                buffer.EndJson();
            }

            shape.SetHeaders(call.Http.Response.Headers, 200, call.RequestId, 0, call.StartedAt);
            call.Http.Response.ContentType = "application/json; charset=UTF-8";
            CallRunner.WriteUnflushed(call.Http.Response, buffer.Written);
            call.SentWhole(default);
            call.Finish(Completion.Complete);
        }
        catch (ApiFault fault)
        {
            shape.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0, call.StartedAt);
            CallRunner.Refuse(call, shape, fault);
        }
    }
}
