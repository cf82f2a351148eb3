using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Tests.Media;

/// <summary>
/// A form whose file is made while it is sent, so that a test can upload what it never holds: fields before the file,
/// the file, fields after it.
/// </summary>
internal sealed class FormBody : HttpContent
{
    public const string Boundary = "----weir-test-0123456789";
    private const int Piece = 64 * 1024;

    private readonly byte[] _before;
    private readonly byte[] _after;
    private readonly long _fileBytes;
    private readonly Func<long, Task>? _onSent;

    /// <param name="fileBytes">Size of the file.</param>
    /// <param name="before">Fields in front of it, as name and value.</param>
    /// <param name="after">Fields behind it.</param>
    /// <param name="onSent">Awaited before each piece, with the file bytes sent so far.</param>
    public FormBody(long fileBytes, (string Name, string Value)[]? before = null, (string Name, string Value)[]? after = null, Func<long, Task>? onSent = null)
    {
        _before = Encoding.UTF8.GetBytes(string.Concat((before ?? []).Select(Field))
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;name=\\\"model\\\".wav\"\r\nContent-Type: audio/wav\r\n\r\n");
        _after = Encoding.UTF8.GetBytes("\r\n" + string.Concat((after ?? []).Select(Field)) + $"--{Boundary}--\r\n");
        (_fileBytes, _onSent) = (fileBytes, onSent);
        Headers.TryAddWithoutValidation("content-type", $"multipart/form-data; boundary={Boundary}");
    }

    /// <summary>Ends the body without its closing boundary.</summary>
    public bool IsBroken { get; init; }

    /// <summary>SHA-256 of the body as it is, with <paramref name="from"/> replaced in its fields.</summary>
    public string HashWith(string from, string to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Replace(_before, from, to));
        for (var sent = 0L; sent < _fileBytes; sent += Piece)
            hash.AppendData(FilePiece(sent).AsSpan(0, (int)Math.Min(Piece, _fileBytes - sent)));
        hash.AppendData(Replace(_after, from, to));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_before);
        for (var sent = 0L; sent < _fileBytes; sent += Piece)
        {
            if (_onSent is not null)
                await _onSent(sent);
            await stream.WriteAsync(FilePiece(sent).AsMemory(0, (int)Math.Min(Piece, _fileBytes - sent)));
        }
        if (!IsBroken)
            await stream.WriteAsync(_after);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _before.Length + _fileBytes + (IsBroken ? 0 : _after.Length);
        return true;
    }

    // Holds carriage returns and beginnings of the boundary, as sound does by chance.
    private static byte[] FilePiece(long at)
    {
        var piece = new byte[Piece];
        new Random((int)(at / Piece)).NextBytes(piece);
        "\r\n------weir-test-01234"u8.CopyTo(piece.AsSpan(100));
        "\r\r\n--"u8.CopyTo(piece.AsSpan(Piece - 5));
        return piece;
    }

    private static string Field((string Name, string Value) field) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n";

    private static byte[] Replace(byte[] bytes, string from, string to) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(from, to, StringComparison.Ordinal));
}
