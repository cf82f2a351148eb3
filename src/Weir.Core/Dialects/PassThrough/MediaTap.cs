using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>Learns usage, model and end of an answer of images, sound or moderation, whole, streamed or binary.</summary>
/// <param name="output">What output without details is.</param>
/// <param name="request">What was asked for: what is not sold by the token is counted by it.</param>
internal sealed class MediaTap(MediaKind output, RequestFacts? request = null) : IResponseTap
{
    private Usage _units;

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
            Count();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }
    }

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        if (!Facts.ContentStarted)
            Count();
        Facts.ContentStarted = true;
    }

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
        var isEnd = false;
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
                (Facts.ContentStarted, Facts.FinishReason, Facts.MayEndUnmarked) = (true, "stop", true);
                isEnd = true;
            }
        }

        if (!isEnd)
            return;
        _units = _units with { Images = _units.Images + (output == MediaKind.Image ? 1 : 0) };
        Count();
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        var isUsage = json.ValueTextEquals("usage"u8);
        var isModel = json.ValueTextEquals("model"u8);
        var isError = json.ValueTextEquals("error"u8);
        var isId = json.ValueTextEquals("id"u8);
        var isData = output == MediaKind.Image && json.ValueTextEquals("data"u8);
        var isDuration = json.ValueTextEquals("duration"u8);
        json.Read();
        if (isUsage && json.TokenType == JsonTokenType.StartObject)
            Take(JsonElement.ParseValue(ref json));
        else if (isModel && json.TokenType == JsonTokenType.String)
            Facts.ServedModel = json.GetString();
        else if (isId && json.TokenType == JsonTokenType.String)
            Facts.ResponseId = json.GetString();
        else if (isError && json.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
            Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
        else if (isDuration && _units.AudioSeconds == 0)
            _units = _units with { AudioSeconds = Seconds(JsonElement.ParseValue(ref json)) };
        else if (isData && json.TokenType == JsonTokenType.StartArray)
            CountImages(ref json);
        else
            json.Skip();
        Facts.ContentStarted = true;
    }

    private void CountImages(ref Utf8JsonReader json)
    {
        var images = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            images++;
            json.Skip();
        }
        _units = _units with { Images = images };
    }

    private void Take(JsonElement usage)
    {
        // OpenAI: {"type":"duration","seconds":9}, for what is sold by the minute.
        if (usage.TryGetProperty("seconds"u8, out var seconds))
            _units = _units with { AudioSeconds = Seconds(seconds) };
        if (MediaUsage.Read(usage, output) is not { } read)
            return;
        Facts.Usage = Facts.Usage is { } before ? before.Plus(read) : read;
        (Facts.UsageIsFinal, Facts.UsageIsCounted) = (true, false);
    }

    /// <summary>To the nearest second, as it is billed.</summary>
    private static long Seconds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && seconds is >= 0 and < int.MaxValue
            ? (long)Math.Round(seconds, MidpointRounding.AwayFromZero) : 0;

    /// <summary>Adds what is billed by another unit than tokens: images and seconds from the answer, characters from the request.</summary>
    private void Count()
    {
        if (request is null || Facts.Failure is not null)
            return;
        var units = _units with
        {
            Characters = output == MediaKind.Audio ? request.Characters : 0,
            ImageKind = _units.Images > 0 ? request.ImageKind : null,
        };
        if (units.IsEmpty)
            return;
        Facts.UsageIsCounted = (Facts.Usage is null || Facts.UsageIsCounted) && units.AudioSeconds == 0;
        Facts.Usage = (Facts.Usage ?? default) with { Images = units.Images, AudioSeconds = units.AudioSeconds, Characters = units.Characters, ImageKind = units.ImageKind };
        Facts.UsageIsFinal = true;
    }
}
