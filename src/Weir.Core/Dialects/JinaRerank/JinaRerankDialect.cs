using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.JinaRerank;

/// <summary>
/// Rerank as Jina has it, and vLLM, Together, Voyage and LiteLLM after it: Cohere's request, priced by tokens. Cohere's own
/// first version is asked on the same path and understands the answer.
/// </summary>
public sealed class JinaRerankDialect : OneShotDialect
{
    private static readonly string[] Content = ["results", "data"];
    private static readonly string[] Counters = ["usage", "meta"];

    /// <inheritdoc/>
    public override string Name => "jina-rerank";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v1/rerank", Operation.Rerank), new("/rerank", Operation.Rerank)];

    /// <inheritdoc/>
    public override bool Translates(Operation operation) => operation == Operation.Rerank;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => RerankBody.ReadFacts(body);

    /// <inheritdoc/>
    public override OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head) => RerankBody.Read(body, notes);

    /// <inheritdoc/>
    public override void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        var rerank = (RerankRequest)request;
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteString("query"u8, rerank.Query);
        json.WriteStartArray("documents"u8);
        foreach (var document in rerank.Documents)
            json.WriteRaw(document);
        json.WriteEndArray();
        if (rerank.TopN is { } top)
            json.WriteNumber("top_n"u8, top);
        // The documents are at hand: no need to have them sent back.
        json.WriteBoolean("return_documents"u8, false);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request) =>
        JsonElements.Parse(body.Span) is { } answer && RerankBody.ReadScores(answer) is { } scores
            ? new RerankAnswer { Id = answer.Text("id"u8), Model = answer.Text("model"u8), Results = scores }
            : null;

    /// <inheritdoc/>
    public override void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output)
    {
        var rerank = (RerankRequest)request;
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id ?? shape.ResponseId);
        json.WriteString("object"u8, "list"u8);
        json.WriteString("model"u8, answer.Model ?? shape.Model);
        json.WriteStartArray("results"u8);
        foreach (var result in ((RerankAnswer)answer).Results)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, result.Index);
            json.WriteRaw("relevance_score"u8, result.Score);
            if (rerank.ReturnDocuments && result.Index < rerank.Documents.Count)
            {
                json.WriteStartObject("document"u8);
                json.WriteString("text"u8, RerankBody.TextOf(rerank.Documents[result.Index]));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answer.Usage is { } usage)
        {
            json.WriteStartObject("usage"u8);
            json.WriteNumber("total_tokens"u8, usage.InputTotal);
            json.WriteNumber("prompt_tokens"u8, usage.InputTotal);
            json.WriteEndObject();
            if (usage.SearchUnits > 0)
            {
                json.WriteStartObject("meta"u8);
                json.WriteStartObject("billed_units"u8);
                json.WriteNumber("search_units"u8, usage.SearchUnits);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public override string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "rerank";

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new OneShotTap(Content, Counters, counters =>
        (counters.Whole("prompt_tokens"u8) ?? counters.Whole("total_tokens"u8)) is >= 0 and var tokens ? new Usage { InputUncached = tokens }
        : counters.Object("billed_units"u8)?.Whole("search_units"u8) is >= 0 and var units ? new Usage { SearchUnits = units } : null);
}
