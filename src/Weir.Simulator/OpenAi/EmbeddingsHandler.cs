using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Directives;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>OpenAI embeddings. A directive in the first input can ask for an error status.</summary>
internal sealed class EmbeddingsHandler(SimulatorOptions options, ChatDialect shape)
{
    public const string DialectName = "openai.embeddings";

    private const int MaxInputs = 2048;

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            OpenAiErrors.Authenticate(call.Http.Request, options.RequiredKey);
            using var document = CallRunner.Parse(body);
            Answer(call, document.RootElement);
        }
        catch (ApiFault fault)
        {
            OpenAiErrors.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0);
            CallRunner.Refuse(call, shape, fault);
        }
    }

    private void Answer(Call call, JsonElement body)
    {
        call.Model = body.Text("model") ?? throw ApiFault.Invalid("you must provide a model parameter");
        var inputs = Inputs(body);
        var directives = inputs[0].Words is [var first, ..] && first.Contains("[[sim", StringComparison.Ordinal)
            ? DirectiveText.Read(string.Concat(inputs[0].Words)) : null;
        directives ??= options.Script?.Find(call.Http.Request.Path.Value!, call.Model, string.Concat(inputs[0].Words));
        if (directives?.Status is { } status)
        {
            throw new ApiFault(status, $"Simulated error {status}.") { RetryAfter = directives.RetryAfter };
        }

        var large = call.Model.Contains("large", StringComparison.Ordinal);
        var dimensions = body.Get("dimensions")?.GetInt32() ?? (large ? 3072 : 1536);
        if (dimensions is < 1 or > 4096)
        {
            throw ApiFault.Invalid($"Invalid value for 'dimensions' = {dimensions}. Must be at least 1.", "dimensions");
        }

        var tokens = inputs.Sum(input => (long)input.Tokens);
        OpenAiErrors.SetHeaders(call.Http.Response.Headers, 200, call.RequestId, tokens);
        call.Http.Response.ContentType = "application/json";
        using var buffer = new EventBuffer();
        Write(buffer, call.Model, inputs, dimensions, body.Text("encoding_format") == "base64", tokens);
        CallRunner.WriteUnflushed(call.Http.Response, buffer.Written);
        call.SentWhole(new ServedUsage { InputUncached = tokens });
        call.Finish(Completion.Complete);
    }

    private static void Write(
        EventBuffer buffer, string model, List<(IReadOnlyList<string> Words, int Tokens)> inputs, int dimensions, bool base64, long tokens)
    {
        var json = buffer.BeginJson();
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var index = 0; index < inputs.Count; index++)
        {
            var vector = EmbeddingVector.Of(inputs[index].Words, dimensions);
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index);
            if (base64)
            {
                json.WriteString("embedding", EmbeddingVector.Base64(vector));
            }
            else
            {
                json.WriteStartArray("embedding");
                foreach (var value in vector)
                {
                    json.WriteNumberValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
        buffer.EndJson();
    }

    private static List<(IReadOnlyList<string> Words, int Tokens)> Inputs(JsonElement body)
    {
        var input = body.Get("input") ??
            throw ApiFault.Invalid("Missing required parameter: 'input'.", "input", "missing_required_parameter");
        List<(IReadOnlyList<string>, int)> inputs = input switch
        {
            { ValueKind: JsonValueKind.String } => [Text(input)],
            { ValueKind: JsonValueKind.Array } when IsTokens(input) => [Tokens(input)],
            { ValueKind: JsonValueKind.Array } => [.. input.EnumerateArray().Select(item => IsTokens(item) ? Tokens(item) : Text(item))],
            _ => [],
        };
        return inputs.Count is > 0 and <= MaxInputs ? inputs : throw Bad();
    }

    private static bool IsTokens(JsonElement item) => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0 &&
        item.EnumerateArray().All(token => token.ValueKind == JsonValueKind.Number);

    private static (IReadOnlyList<string>, int) Tokens(JsonElement item) =>
        ([.. item.EnumerateArray().Select(token => token.GetRawText())], item.GetArrayLength());

    private static (IReadOnlyList<string>, int) Text(JsonElement item)
    {
        var words = item.ValueKind == JsonValueKind.String ? TokenRule.Split(item.GetString()!) : [];
        return words.Count > 0 ? (words, words.Count) : throw Bad();
    }

    private static ApiFault Bad() => ApiFault.Invalid(
        "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.", "input");
}
