using System.Buffers;

namespace Weir.Core.Dialects.JsonSplice;

/// <summary>Takes the member <c>"usage":null</c> out of a chunk with exactly one comma; every other byte stays.</summary>
internal static class NullUsageCut
{
    /// <summary>False when the frame's data is not one stretch of it (several <c>data:</c> lines): nothing is written.</summary>
    public static bool Write(in Frame frame, ByteRange member, IBufferWriter<byte> output)
    {
        if (!frame.Raw.Overlaps(frame.Data, out var dataStart))
            return false;
        var (start, end) = WithComma(frame.Data, member.Start, member.End);
        output.Write(frame.Raw[..(dataStart + start)]);
        output.Write(frame.Raw[(dataStart + end)..]);
        return true;
    }

    private static (int Start, int End) WithComma(ReadOnlySpan<byte> data, int start, int end)
    {
        var next = SkipSpace(data, end);
        if (data[next] == (byte)',')
            return (start, SkipSpace(data, next + 1));
        // Last member: the comma before it goes, if there is one.
        var before = start - 1;
        while (IsSpace(data[before]))
            before--;
        return data[before] == (byte)',' ? (before, end) : (start, end);
    }

    private static int SkipSpace(ReadOnlySpan<byte> data, int at)
    {
        while (IsSpace(data[at]))
            at++;
        return at;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
