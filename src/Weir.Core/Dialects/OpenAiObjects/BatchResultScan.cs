using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>
/// Reads the usage of every line of a batch's result file as it passes:
/// <c>{"custom_id":…,"response":{"status_code":200,"body":{"model":…,"usage":{…}}},"error":null}</c>.
/// A line longer than the limit, or not JSON, counts as a line without usage.
/// </summary>
internal sealed class BatchResultScan
{
    private const int MaxLine = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _tooLong;

    public BatchTally Tally { get; } = new();

    public void Accept(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Take(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }
        Keep(bytes);
    }

    public void Complete()
    {
        if (_line.WrittenCount > 0 || _tooLong)
            Take(default);
    }

    private void Take(ReadOnlySpan<byte> rest)
    {
        if (_line.WrittenCount > 0 || _tooLong)
        {
            Keep(rest);
            rest = _line.WrittenSpan;
        }
        if (_tooLong)
            Tally.Add(null, null);
        else if (!rest.Trim(" \t\r"u8).IsEmpty)
            Read(rest);
        _line.ResetWrittenCount();
        _tooLong = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _tooLong |= _line.WrittenCount + bytes.Length > MaxLine;
        if (!_tooLong)
            _line.Write(bytes);
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref json);
            var body = Member(Member(document.RootElement, "response"), "body");
            var model = Member(body, "model");
            Tally.Add(model.ValueKind == JsonValueKind.String ? model.GetString() : null, MediaUsage.Read(Member(body, "usage"), MediaKind.Text));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Tally.Add(null, null);
        }
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : default;
}
