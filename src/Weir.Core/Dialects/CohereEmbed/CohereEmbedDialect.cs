using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.CohereEmbed;

/// <summary>Cohere's embeddings, version 2 of its API: vectors by type, billed by <c>meta.billed_units</c>.</summary>
public sealed class CohereEmbedDialect : OneShotDialect
{
    private static readonly string[] Content = ["embeddings"];
    private static readonly string[] Counters = ["meta"];
    private static readonly string[] Known = ["model", "texts", "images", "inputs", "input_type", "embedding_types", "output_dimension", "truncate"];
    private static readonly string[] Media = ["images", "image_url"];

    /// <inheritdoc/>
    public override string Name => "cohere-embed";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v2/embed", Operation.Embeddings)];

    /// <inheritdoc/>
    public override bool Translates(Operation operation) => operation == Operation.Embeddings;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => StrictBody.Read(body, Walk);

    /// <inheritdoc/>
    public override OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head) => CohereEmbedBodies.ReadRequest(body, notes);

    /// <inheritdoc/>
    public override void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        CohereEmbedBodies.WriteRequest((EmbeddingRequest)request, target, output, notes);

    /// <inheritdoc/>
    public override OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request) => CohereEmbedBodies.ReadAnswer(body);

    /// <inheritdoc/>
    public override void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output) =>
        CohereEmbedBodies.WriteAnswer((EmbeddingAnswer)answer, (EmbeddingRequest)request, shape, output);

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
    public override string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "embed";

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new OneShotTap(Content, Counters, meta =>
        meta.Object("billed_units"u8) is { } billed
            ? new Usage { InputUncached = Math.Max(0, billed.Whole("input_tokens"u8) ?? 0), InputImage = Math.Max(0, billed.Whole("image_tokens"u8) ?? 0) }
            : null);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember)
    {
        var weight = new PromptWeight();
        string? model = null;
        ByteRange modelValue = default;
        var inputs = 0;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
                model = json.ReadModel(out modelValue);
            else if (json.ValueTextEquals("texts"u8) || json.ValueTextEquals("inputs"u8))
                inputs += CountItems(ref json, ref weight);
            else if (json.ValueTextEquals("images"u8))
            {
                weight.Add(ref json, Media);
                inputs++;
            }
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        if (inputs == 0)
            throw StrictBody.Missing("texts", "what to embed: texts, images or inputs");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            FirstMemberOffset = firstMember,
            ClientWantsUsage = true,
            MessageCount = inputs,
            HasMedia = weight.HasMedia,
            PromptTextBytes = weight.TextBytes,
        };
    }

    private static int CountItems(ref StrictJsonReader json, ref PromptWeight weight)
    {
        json.Read();
        if (json.TokenType == System.Text.Json.JsonTokenType.Null)
            return 0;
        if (json.TokenType != System.Text.Json.JsonTokenType.StartArray)
            throw json.WrongType("an array");
        var items = 0;
        while (json.Read() && json.TokenType != System.Text.Json.JsonTokenType.EndArray)
        {
            items++;
            weight.AddValue(ref json, Media);
        }

        return items;
    }
}
