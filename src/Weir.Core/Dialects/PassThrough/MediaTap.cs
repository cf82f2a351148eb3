using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>Learns usage, model and end of an answer of images, sound or moderation, whole, streamed or binary.</summary>
/// <param name="output">What output without details is.</param>
internal sealed class MediaTap(MediaKind output) : IResponseTap
{
    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        if (frame.Data.SequenceEqual("[DONE]"u8))
        {
            (Facts.ContentStarted, Facts.IsComplete) = (true, true);
            return FrameVerdict.Forward;
        }

        try
        {
            if (frame.Data.Length > 0)
                ReadEvent(frame.Data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not for us to judge: the client gets the same bytes.
        }
        return FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            ReadTop(ref json);
            Facts.IsComplete = !json.Read() && Facts.Failure is null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }
    }

    public void OnBytes(ReadOnlySpan<byte> bytes) => Facts.ContentStarted = true;

    public void OnEnd() => Facts.IsComplete = true;

    private void ReadTop(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadMember(ref json);
    }

    /// <summary>Pieces of sound, image and text go by their type alone; only what ends a stream is read to its usage.</summary>
    private void ReadEvent(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("type"u8))
            {
                ReadMember(ref json);
                continue;
            }

            json.Read();
            var type = json.TokenType == JsonTokenType.String ? json.ValueSpan : default;
            if (type.EndsWith(".delta"u8) || type.EndsWith(".partial_image"u8))
            {
                Facts.ContentStarted = true;
                return;
            }
            if (type.EndsWith(".completed"u8) || type.EndsWith(".done"u8))
            {
                // Several images end several times: only the close of the connection or [DONE] is the end.
                (Facts.ContentStarted, Facts.FinishReason) = (true, "stop");
            }
        }
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        var isUsage = json.ValueTextEquals("usage"u8);
        var isModel = json.ValueTextEquals("model"u8);
        var isError = json.ValueTextEquals("error"u8);
        var isId = json.ValueTextEquals("id"u8);
        json.Read();
        if (isUsage && json.TokenType == JsonTokenType.StartObject)
            Take(MediaUsage.Read(JsonElement.ParseValue(ref json), output));
        else if (isModel && json.TokenType == JsonTokenType.String)
            Facts.ServedModel = json.GetString();
        else if (isId && json.TokenType == JsonTokenType.String)
            Facts.ResponseId = json.GetString();
        else if (isError && json.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
            Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
        else
            json.Skip();
        Facts.ContentStarted = true;
    }

    private void Take(Usage? usage)
    {
        if (usage is not { } read)
            return;
        Facts.Usage = Facts.Usage is { } before ? before.Plus(read) : read;
        Facts.UsageIsFinal = true;
    }
}
