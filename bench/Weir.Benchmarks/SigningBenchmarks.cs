using BenchmarkDotNet.Attributes;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth.Aws;

namespace Weir.Benchmarks;

/// <summary>SigV4 over a whole body (limit: 30 microseconds for 4 KB), and the checksum of an event stream message.</summary>
public class SigningBenchmarks
{
    private readonly SigV4Signer _signer = new("eu-central-1", "bedrock");
    private readonly AwsKey _key = new("AKIDBENCH", "a-secret-of-forty-characters-0123456789ab", "session-token-of-some-length");
    private readonly DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private byte[] _body = [];

    [Params(4096, 102_400)]
    public int BodyBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = new byte[BodyBytes];
        _body.AsSpan().Fill((byte)'x');
    }

    [Benchmark]
    public HttpRequestMessage Sign()
    {
        using var payload = new UpstreamPayload();
        payload.UseClientBytes(_body);
        var message = new HttpRequestMessage(HttpMethod.Post, "https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.anthropic.claude-sonnet-4-5-v1%3A0/converse");
        _signer.Sign(message, SigV4Signer.HashOf(payload), _key, _now);
        return message;
    }

    [Benchmark]
    public uint Checksum() => Crc32.Of(_body);
}
