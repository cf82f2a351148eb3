using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.OpenAi;
using Weir.Simulator.Records;

namespace Weir.Simulator.Rerank;

/// <summary>Rerank in Cohere's and Jina's shape, and the embeddings of Cohere and Ollama. A directive in the first text can ask for an error status.</summary>
internal sealed class OneShotHandler(SimulatorOptions options, IDialect cohere, IDialect ollama, IDialect openAi)
{
    public const string RerankName = "rerank";
    public const string CohereEmbedName = "cohere.embed";
    public const string OllamaEmbedName = "ollama.embed";

    private const int Dimensions = 64;

    public static string? NameOf(string path) =>
        path.EndsWith("/rerank", StringComparison.Ordinal) ? RerankName
        : path.EndsWith("/api/embed", StringComparison.Ordinal) || path.EndsWith("/api/embeddings", StringComparison.Ordinal) ? OllamaEmbedName
        : path.EndsWith("/embed", StringComparison.Ordinal) ? CohereEmbedName : null;

    public void Handle(Call call, ReadOnlyMemory<byte> body)
    {
        var path = call.Http.Request.Path.Value!;
        var isCohere = path.Contains("/v2/", StringComparison.Ordinal);
        var shape = call.Dialect == OllamaEmbedName ? ollama : isCohere ? cohere : openAi;
        try
        {
            shape.Authenticate(call.Http.Request, options.RequiredKey);
            using var document = CallRunner.Parse(body);
            call.Model = document.RootElement.Text("model") ?? throw ApiFault.Invalid("model is required");
            shape.SetHeaders(call.Http.Response.Headers, 200, call.RequestId, 0, call.StartedAt);
            using var buffer = new EventBuffer();
            var json = buffer.BeginJson();
            json.WriteStartObject();
            var tokens = call.Dialect switch
            {
                RerankName => Rank(json, document.RootElement, call.Model, isCohere),
                OllamaEmbedName => EmbedOllama(json, document.RootElement, call.Model, path.EndsWith("/api/embeddings", StringComparison.Ordinal)),
                _ => EmbedCohere(json, document.RootElement),
            };
            json.WriteEndObject();
            buffer.EndJson();
            call.Http.Response.ContentType = "application/json";
            CallRunner.WriteUnflushed(call.Http.Response, buffer.Written);
            call.SentWhole(new ServedUsage { InputUncached = tokens });
            call.Finish(Completion.Complete);
        }
        catch (ApiFault fault)
        {
            shape.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0, call.StartedAt);
            CallRunner.Refuse(call, shape, fault);
        }
    }

    private static long Rank(Utf8JsonWriter json, JsonElement body, string model, bool isCohere)
    {
        var query = Checked(body.Text("query"));
        var asked = EmbeddingVector.Of(TokenRule.Split(query), Dimensions);
        var documents = body.Items("documents").Select(d => d.ValueKind == JsonValueKind.String ? d.GetString()! : d.Text("text") ?? "").ToList();
        var scores = documents.Select((text, index) => (Index: index, Score: EmbeddingVector.Of(TokenRule.Split(text), Dimensions).Zip(asked, (a, b) => a * b).Sum()))
            .OrderByDescending(s => s.Score).Take(body.Get("top_n")?.GetInt32() ?? documents.Count);
        long tokens = documents.Sum(d => TokenRule.Count(d)) + TokenRule.Count(query);
        json.WriteString("id", "rank-1");
        json.WriteStartArray("results");
        foreach (var (index, score) in scores)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteNumber("relevance_score", score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (isCohere)
        {
            Meta(json, "search_units", 1);
            return 0;
        }

        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        return tokens;
    }

    private static long EmbedCohere(Utf8JsonWriter json, JsonElement body)
    {
        if (body.Text("input_type") is null)
        {
            throw ApiFault.Invalid("valid input_type must be provided with the provided model");
        }

        var texts = body.Items("texts").Select(t => Checked(t.GetString())).ToList();
        json.WriteString("id", "embed-1");
        json.WriteStartObject("embeddings");
        json.WriteStartArray("float");
        foreach (var text in texts)
        {
            Vector(json, text, body.Get("output_dimension")?.GetInt32());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("texts");
        texts.ForEach(json.WriteStringValue);
        json.WriteEndArray();
        long tokens = texts.Sum(t => TokenRule.Count(t));
        Meta(json, "input_tokens", tokens);
        json.WriteString("response_type", "embeddings_by_type");
        return tokens;
    }

    private static long EmbedOllama(Utf8JsonWriter json, JsonElement body, string model, bool isOlder)
    {
        if (isOlder)
        {
            json.WritePropertyName("embedding");
            Vector(json, Checked(body.Text("prompt")), null);
            return 0;
        }

        var texts = body.Text("input") is { } one ? [Checked(one)] : body.Items("input").Select(t => Checked(t.GetString())).ToList();
        json.WriteString("model", model);
        json.WriteStartArray("embeddings");
        foreach (var text in texts)
        {
            Vector(json, text, body.Get("dimensions")?.GetInt32());
        }

        json.WriteEndArray();
        long tokens = texts.Sum(t => TokenRule.Count(t));
        json.WriteNumber("prompt_eval_count", tokens);
        return tokens;
    }

    private static void Vector(Utf8JsonWriter json, string text, int? dimensions)
    {
        json.WriteStartArray();
        foreach (var value in EmbeddingVector.Of(TokenRule.Split(text), dimensions ?? Dimensions))
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void Meta(Utf8JsonWriter json, string unit, long count)
    {
        json.WriteStartObject("meta");
        json.WriteStartObject("billed_units");
        json.WriteNumber(unit, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Checked(string? text)
    {
        if (text is null)
        {
            throw ApiFault.Invalid("a text is missing");
        }

        var directives = text.Contains("[[sim", StringComparison.Ordinal) ? Directives.DirectiveText.Read(text) : null;
        return directives?.Status is { } status ? throw new ApiFault(status, $"Simulated error {status}.") { RetryAfter = directives.RetryAfter } : text;
    }
}
