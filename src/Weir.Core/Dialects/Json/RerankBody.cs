using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.Json;

/// <summary>A rerank request: Cohere, Jina, vLLM, Together and others spell it alike.</summary>
internal static class RerankBody
{
    private static readonly string[] Known = ["model", "query", "documents", "top_n", "return_documents", "max_tokens_per_doc"];
    private static readonly string[] Media = ["image", "image_url"];

    public static FactsResult ReadFacts(ReadOnlySpan<byte> body) => StrictBody.Read(body, Walk);

    /// <summary>The question. Every member is mapped or noted.</summary>
    public static RerankRequest Read(ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new RerankRequest { Model = "", Query = "", Documents = [] };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value, body, notes);
        }

        return request;
    }

    /// <summary>Documents for an upstream that takes text only: an object gives its <c>text</c>, or itself as JSON.</summary>
    public static string TextOf(RawJson document) => JsonElements.Parse(document.Utf8.Span) switch
    {
        { ValueKind: JsonValueKind.String } text => text.Text(),
        { ValueKind: JsonValueKind.Object } value => value.Text("text"u8) ?? document.ToString(),
        _ => document.ToString(),
    };

    /// <summary>Results under <c>results</c> (or <c>data</c>, Voyage): index and score; null when the body has neither.</summary>
    public static List<RerankScore>? ReadScores(JsonElement answer)
    {
        if ((answer.Member("results"u8) ?? answer.Member("data"u8)) is not { ValueKind: JsonValueKind.Array } results)
            return null;
        List<RerankScore> scores = [];
        foreach (var result in results.EnumerateArray())
        {
            if (result.Index("index"u8) is { } index && (result.Member("relevance_score"u8) ?? result.Member("score"u8)) is { } score)
                scores.Add(new RerankScore(index, score.RawCopy()));
        }

        return scores;
    }

    private static RerankRequest Apply(RerankRequest request, string name, JsonElement value, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "query":
                if (value.ValueKind != JsonValueKind.String)
                    notes.Refuse("query", "only a text can be asked elsewhere");
                return request with { Query = value.Text() };
            case "documents":
                return request with { Documents = [.. value.EnumerateArray().Select(d => d.ToRaw(body))] };
            case "top_n" or "top_k":
                return request with { TopN = value.Whole() };
            case "return_documents":
                return request with { ReturnDocuments = value.Flag() ?? false };
            default:
                notes.Drop(name, "no counterpart in other dialects");
                return request;
        }
    }

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember)
    {
        var weight = new PromptWeight();
        string? model = null;
        ByteRange modelValue = default;
        var (documents, hasQuery) = (-1, false);
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
                model = json.ReadModel(out modelValue);
            else if (json.ValueTextEquals("query"u8))
            {
                hasQuery = true;
                weight.Add(ref json, Media);
            }
            else if (json.ValueTextEquals("documents"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.StartArray)
                    throw json.WrongType("an array of documents");
                for (documents = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; documents++)
                    weight.AddValue(ref json, Media);
            }
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        if (!hasQuery)
            throw StrictBody.Missing("query", "what the documents are compared with");
        if (documents < 0)
            throw StrictBody.Missing("documents", "an array of documents");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            FirstMemberOffset = firstMember,
            ClientWantsUsage = true,
            MessageCount = documents,
            HasMedia = weight.HasMedia,
            PromptTextBytes = weight.TextBytes,
        };
    }
}
