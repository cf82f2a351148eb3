using System.IO.Compression;
using System.Text;
using System.Text.Json.Serialization;

namespace Weir.Testing.Corpus;

/// <summary>One recorded HTTP exchange with a provider; the fields are those of the corpus schema.</summary>
public sealed record RecordedExchange
{
    public required string Id { get; init; }
    public required string File { get; init; }
    public int Seq { get; init; }
    public required string Provider { get; init; }
    public required string Api { get; init; }
    public string Method { get; init; } = "POST";
    public required string Path { get; init; }
    public IReadOnlyList<string[]> RequestHeaders { get; init; } = [];
    public string? RequestBody { get; init; }
    public string? RequestBodyBase64 { get; init; }
    public int Status { get; init; }
    public IReadOnlyList<string[]> ResponseHeaders { get; init; } = [];
    public string? ResponseBody { get; init; }
    public string? ResponseBodyBase64 { get; init; }
    public bool Stream { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The request's bytes, or null when they were not recorded.</summary>
    [JsonIgnore]
    public byte[]? RequestBytes => Bytes(RequestBody, RequestBodyBase64);

    /// <summary>The answer's bytes as on the wire (perhaps gzip).</summary>
    [JsonIgnore]
    public byte[] ResponseBytes => Bytes(ResponseBody, ResponseBodyBase64) ?? [];

    /// <summary>The answer's bytes, unpacked.</summary>
    [JsonIgnore]
    public byte[] DecodedResponseBytes
    {
        get
        {
            var bytes = ResponseBytes;
            if (bytes is not [0x1f, 0x8b, ..])
                return bytes;
            using var unpacked = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
                gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }

    public override string ToString() => $"{Id} ({Provider}, {File}#{Seq})";

    private static byte[]? Bytes(string? text, string? base64) =>
        text is not null ? Encoding.UTF8.GetBytes(text) : base64 is not null ? Convert.FromBase64String(base64) : null;
}
