using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Weir.Simulator.Replay;

/// <summary>
/// One recording, opened at first use: an index from id to place in the file. A packed file is unpacked once into a
/// temporary file that goes with the process, so that any exchange can be read without the ones before it.
/// </summary>
internal sealed class RecordingFile(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private Dictionary<string, (long Offset, int Length)>? _places;
    private SafeFileHandle? _handle;

    public string Name => Path.GetFileName(path);

    public IEnumerable<string> Ids => Places().Keys;

    public ReplayExchange? Find(string id)
    {
        if (!Places().TryGetValue(id, out var place))
        {
            return null;
        }

        var line = new byte[place.Length];
        for (var read = 0; read < line.Length;)
        {
            read += RandomAccess.Read(_handle!, line.AsSpan(read), place.Offset + read) is var count and > 0
                ? count : throw new EndOfStreamException(path);
        }

        return ReplayExchange.Parse(line);
    }

    public void Dispose() => _handle?.Dispose();

    private Dictionary<string, (long Offset, int Length)> Places()
    {
        lock (_lock)
        {
            return _places ??= Open();
        }
    }

    private Dictionary<string, (long, int)> Open()
    {
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            _handle = File.OpenHandle(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
                FileShare.None, FileOptions.DeleteOnClose);
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var buffer = new byte[128 * 1024];
            long at = 0;
            for (int count; (count = packed.Read(buffer)) > 0; at += count)
            {
                RandomAccess.Write(_handle, buffer.AsSpan(0, count), at);
            }
        }
        else
        {
            _handle = File.OpenHandle(path);
        }

        return Index(_handle);
    }

    private static Dictionary<string, (long, int)> Index(SafeFileHandle handle)
    {
        var places = new Dictionary<string, (long, int)>(StringComparer.Ordinal);
        var line = new ArrayBufferWriter<byte>(1 << 16);
        var buffer = new byte[1 << 16];
        long start = 0, at = 0;
        for (int count; (count = RandomAccess.Read(handle, buffer, at)) > 0; at += count)
        {
            var rest = buffer.AsSpan(0, count);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest[..end]);
                Add(places, line.WrittenSpan, start);
                start += line.WrittenCount + 1;
                line.ResetWrittenCount();
            }

            line.Write(rest);
        }

        Add(places, line.WrittenSpan, start);
        return places;
    }

    private static void Add(Dictionary<string, (long, int)> places, ReadOnlySpan<byte> line, long offset)
    {
        if (Id(line) is { } id)
        {
            places.TryAdd(id, (offset, line.Length));
        }
    }

    private static string? Id(ReadOnlySpan<byte> line)
    {
        if (line.Trim(" \r\t"u8).IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    return reader.Read() ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }

        return null;
    }
}
