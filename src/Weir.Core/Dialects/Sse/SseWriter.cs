using System.Buffers;

namespace Weir.Core.Dialects.Sse;

/// <summary>Writes SSE frames. Data is one line (JSON without line breaks); LF line ends, as every provider but two sends.</summary>
public static class SseWriter
{
    /// <summary><c>data: …</c> and a blank line.</summary>
    public static void WriteData(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        output.Write("data: "u8);
        output.Write(data);
        output.Write("\n\n"u8);
    }

    /// <summary><c>event: name</c>, <c>data: …</c> and a blank line.</summary>
    public static void WriteEvent(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        output.Write("event: "u8);
        output.Write(name);
        output.Write("\n"u8);
        WriteData(output, data);
    }

    /// <summary>A comment block (<c>: text</c>), which clients ignore: keep-alive.</summary>
    public static void WriteComment(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write(": "u8);
        output.Write(text);
        output.Write("\n\n"u8);
    }
}
