using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.CohereRerank;

/// <summary>Cohere's rerank, version 2 of its API: priced by search units.</summary>
public sealed class CohereRerankDialect : OneShotDialect
{
    private static readonly string[] Content = ["results"];
    private static readonly string[] Counters = ["meta"];

    /// <inheritdoc/>
    public override string Name => "cohere-rerank";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v2/rerank", Operation.Rerank)];

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
            json.WriteStringValue(RerankBody.TextOf(document));
        json.WriteEndArray();
        if (rerank.TopN is { } top)
            json.WriteNumber("top_n"u8, top);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request) =>
        JsonElements.Parse(body.Span) is { } answer && RerankBody.ReadScores(answer) is { } scores
            ? new RerankAnswer { Id = answer.Text("id"u8), Results = scores }
            : null;

    /// <inheritdoc/>
    public override void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id ?? shape.ResponseId);
        json.WriteStartArray("results"u8);
        foreach (var result in ((RerankAnswer)answer).Results)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, result.Index);
            json.WriteRaw("relevance_score"u8, result.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("meta"u8);
        json.WriteStartObject("api_version"u8);
        json.WriteString("version"u8, "2"u8);
        json.WriteEndObject();
        if (answer.Usage is { } usage)
        {
            json.WriteStartObject("billed_units"u8);
            json.WriteNumber("search_units"u8, usage.SearchUnits);
            json.WriteEndObject();
            json.WriteStartObject("tokens"u8);
            json.WriteNumber("input_tokens"u8, usage.InputTotal);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, requestId);
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "rerank";

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new OneShotTap(Content, Counters, meta =>
        meta.Object("billed_units"u8)?.Whole("search_units"u8) is >= 0 and var units ? new Usage { SearchUnits = units } : null);
}
