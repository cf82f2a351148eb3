using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Core.Canon;

/// <summary>
/// One vector as its upstream spelled it: a JSON array of numbers, or base64 of little-endian 32-bit floats. The other form
/// is made only when it is asked for, so that numbers that merely pass keep their spelling.
/// </summary>
public readonly record struct EmbeddingVector
{
    private readonly RawJson _numbers;
    private readonly string? _base64;

    private EmbeddingVector(RawJson numbers, string? base64) => (_numbers, _base64) = (numbers, base64);

    /// <summary>From a JSON array of numbers.</summary>
    public static EmbeddingVector FromNumbers(RawJson array) => new(array, null);

    /// <summary>From base64; null when the text is no such vector.</summary>
    public static EmbeddingVector? FromBase64(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length % 4 == 0 ? new(default, base64) : null;
    }

    /// <summary>As a JSON array of numbers.</summary>
    public RawJson ToNumbers()
    {
        if (_base64 is null)
            return _numbers;
        var bytes = Convert.FromBase64String(_base64);
        var text = new StringBuilder(bytes.Length * 3).Append('[');
        for (var at = 0; at < bytes.Length; at += 4)
        {
            if (at > 0)
                text.Append(',');
            var value = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
            text.Append(float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "0");
        }

        return RawJson.FromText(text.Append(']').ToString());
    }

    /// <summary>As base64 of little-endian 32-bit floats.</summary>
    public string ToBase64()
    {
        if (_base64 is not null)
            return _base64;
        var bytes = new List<byte>(4096);
        Span<byte> four = stackalloc byte[4];
        var reader = new Utf8JsonReader(_numbers.Utf8.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.Number)
                continue;
            BinaryPrimitives.WriteSingleLittleEndian(four, (float)reader.GetDouble());
            bytes.AddRange(four);
        }

        return Convert.ToBase64String([.. bytes]);
    }
}
