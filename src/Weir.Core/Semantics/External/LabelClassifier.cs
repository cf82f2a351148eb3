using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Semantics.External;

/// <summary>
/// A classifier service of the plainest form: <c>{"text": "…", "labels": ["…"]}</c> goes, <c>{"label": "…", "confidence": 0.9}</c>
/// comes; a null label means none. Labels that were not declared are not understood.
/// </summary>
public sealed class LabelClassifier(IClassifierTransport transport, IReadOnlyList<string> labels) : IContentClassifier
{
    /// <inheritdoc/>
    public async ValueTask<ContentVerdict?> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel) =>
        ReadReply((await transport.PostAsync(WriteRequest(utf8.Span), cancel).ConfigureAwait(false)).Span);

    internal byte[] WriteRequest(ReadOnlySpan<byte> utf8)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("text", ClassifiedText.Of(utf8));
            json.WriteStartArray("labels");
            foreach (var label in labels)
                json.WriteStringValue(label);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    internal ContentVerdict? ReadReply(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var reply = JsonDocument.ParseValue(ref reader);
            if (reply.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("label", out var label)
                || !root.TryGetProperty("confidence", out var confidence) || confidence.ValueKind != JsonValueKind.Number
                || !confidence.TryGetSingle(out var value) || value is not (>= 0 and <= 1))
                return null;
            return label.ValueKind switch
            {
                JsonValueKind.Null => new ContentVerdict(null, value),
                JsonValueKind.String when labels.Contains(label.GetString()) => new ContentVerdict(label.GetString(), value),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
