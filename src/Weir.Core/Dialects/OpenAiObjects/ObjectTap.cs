using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>Learns which objects an answer makes known, and what a batch's results used.</summary>
internal sealed class ObjectTap(ObjectCall call) : IResponseTap
{
    private readonly BatchResultScan? _results = call is { IsContent: true, IsBatchResult: true } ? new BatchResultScan() : null;

    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement) => FrameVerdict.Forward;

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        Facts.ContentStarted = true;
        if (_results is null)
            return;
        Facts.Batch = _results.Tally;
        _results.Accept(bytes);
    }

    public void OnEnd()
    {
        _results?.Complete();
        Facts.IsComplete = true;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref json);
            Facts.IsComplete = !json.Read();
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Facts.Objects = [.. Mentions(document.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }
    }

    private IEnumerable<ObjectMention> Mentions(JsonElement root)
    {
        if (call.Act == ObjectAct.Create && Text(root, "id") is { } made)
            yield return new ObjectMention(made, call.Kind);
        // A batch names its results once they exist; a completed upload the file it became.
        if (call.Kind == "batch")
        {
            if (Text(root, "output_file_id") is { } output)
                yield return new ObjectMention(output, "batch_result");
            if (Text(root, "error_file_id") is { } errors)
                yield return new ObjectMention(errors, "batch_result");
        }
        if (call.Kind == "upload" && root.TryGetProperty("file"u8, out var file) && Text(file, "id") is { } uploaded)
            yield return new ObjectMention(uploaded, "file");
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
        && found.GetString() is { Length: > 0 and < 512 } text ? text : null;
}
