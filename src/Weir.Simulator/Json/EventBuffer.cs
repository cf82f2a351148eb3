using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Simulator.Json;

/// <summary>A reusable buffer for one event or body: raw bytes and JSON, in the relaxed spelling providers use.</summary>
internal sealed class EventBuffer : IDisposable
{
    private static readonly JsonWriterOptions Spelling = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly Utf8JsonWriter _json;

    public EventBuffer() => _json = new Utf8JsonWriter(_bytes, Spelling);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>The writer for one JSON value; end it with <see cref="EndJson"/>.</summary>
    public Utf8JsonWriter BeginJson()
    {
        _json.Reset(_bytes);
        return _json;
    }

    /// <summary>The writer of the value begun last.</summary>
    public Utf8JsonWriter Json => _json;

    public void EndJson() => _json.Flush();

    public void Dispose() => _json.Dispose();
}
