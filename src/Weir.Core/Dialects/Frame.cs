namespace Weir.Core.Dialects;

/// <summary>
/// One complete unit of an upstream stream (for SSE: one event or one comment block, with its blank line).
/// <see cref="Raw"/> are the bytes as received; concatenating all frames gives the stream back.
/// </summary>
public readonly ref struct Frame
{
    public Frame(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data)
    {
        Raw = raw;
        EventName = eventName;
        Data = data;
    }

    /// <summary>The bytes as received, terminator included.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>SSE <c>event:</c> value; empty when absent.</summary>
    public ReadOnlySpan<byte> EventName { get; }

    /// <summary>The payload (several <c>data:</c> lines joined by LF); empty for comments.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
