using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.EventStream;
using Xunit;

namespace Weir.Core.Tests.Dialects.EventStream;

public sealed class EventStreamFramerTests
{
    private static byte[] Messages()
    {
        var output = new ArrayBufferWriter<byte>();
        EventStreamWriter.WriteEvent("messageStart", "{\"role\":\"assistant\"}"u8, output);
        EventStreamWriter.WriteEvent("contentBlockDelta", Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('ü', 3000)}\"}}"), output);
        EventStreamWriter.WriteEvent("metadata", default, output);
        EventStreamWriter.WriteException("throttlingException", "{\"message\":\"slow\"}"u8, output);
        return output.WrittenSpan.ToArray();
    }

    private static List<string> Read(byte[] bytes, Func<int> chunk)
    {
        using var framer = new EventStreamFramer();
        var found = new List<string>();
        var raw = new List<byte>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Clamp(chunk(), 1, bytes.Length - at);
            ReadOnlySpan<byte> input = bytes.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
            {
                found.Add($"{Encoding.UTF8.GetString(frame.EventName)} {EventStreamFramer.IsFailure(frame)} {Encoding.UTF8.GetString(frame.Data)}");
                raw.AddRange(frame.Raw);
            }
            at += length;
        }
        Assert.False(framer.TryComplete(out _));
        Assert.Equal(bytes, raw);
        return found;
    }

    [Fact]
    public void The_checksum_is_that_of_zlib()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0u, Crc32.Of([]));
        var text = Encoding.ASCII.GetBytes("The quick brown fox jumps over the lazy dog");
        Assert.Equal(0x414FA339u, Crc32.Of(text));
        Assert.Equal(0x414FA339u, Crc32.Append(Crc32.Of(text.AsSpan(0, 13)), text.AsSpan(13)));
    }

    /// <summary>A message spelled out byte by byte after AWS's description of the format.</summary>
    [Fact]
    public void A_message_is_laid_out_as_documented()
    {
        var output = new ArrayBufferWriter<byte>();
        EventStreamWriter.WriteEvent("e", "{}"u8, output);
        var bytes = output.WrittenSpan.ToArray();
        Assert.Equal(bytes.Length, bytes[3]);
        Assert.Equal("\u000b:event-type\u0007\0\u0001e\u000d:content-type\u0007\0\u0010application/json\u000d:message-type\u0007\0\u0005event{}", Encoding.Latin1.GetString(bytes[12..^4]));
    }

    [Fact]
    public void Chunking_changes_nothing()
    {
        var bytes = Messages();
        var whole = Read(bytes, () => int.MaxValue);
        Assert.Equal(["messageStart False {\"role\":\"assistant\"}", "metadata False ", "throttlingException True {\"message\":\"slow\"}"], [whole[0], whole[2], whole[3]]);
        Assert.Equal(whole, Read(bytes, () => 1));
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
            Assert.Equal(whole, Read(bytes, () => random.Next(1, 64)));
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var output = new ArrayBufferWriter<byte>();
        EventStreamWriter.WriteEvent("messageStart", "{\"role\":\"assistant\"}"u8, output);
        var good = output.WrittenSpan.ToArray();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => Read(bad, () => int.MaxValue));
            Assert.Throws<InvalidDataException>(() => Read(bad, () => 5));
        }
    }

    [Fact]
    public void A_stream_that_ends_within_a_message_is_an_error()
    {
        var bytes = Messages();
        Assert.Throws<InvalidDataException>(() => Read(bytes[..^3], () => 100));
    }

    [Fact]
    public void Random_bytes_never_do_anything_but_fail_cleanly()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(12, 200)];
            random.NextBytes(bytes);
            Assert.Throws<InvalidDataException>(() => Read(bytes, () => random.Next(1, 50)));
        }
    }
}
