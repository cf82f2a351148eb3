using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Http;

/// <summary>Raw requests that two servers could read differently: one answer at most, and a closed connection.</summary>
public sealed class SmugglingTests(SmugglingTests.Gateway gateway) : IClassFixture<SmugglingTests.Gateway>
{
    private const string Call = "POST /v1/chat/completions HTTP/1.1\r\nHost: weir\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\n";
    private const string Smuggled = "GET /healthz HTTP/1.1\r\nHost: weir\r\n\r\n";
    private const string Json = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Name, request. Every one has to be refused with 400 (or another 4xx/5xx refusal of the server's own) and the connection closed.</summary>
    public static TheoryData<string, string> Refused()
    {
        var data = new TheoryData<string, string>();
        void Add(string name, string request) => data.Add(name, request);
        var length = Json.Length;

        // Which length counts.
        Add("CL.TE", Call + $"Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        Add("TE.CL", Call + $"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{length:x}\r\n{Json}\r\n0\r\n\r\n{Smuggled}");
        Add("CL twice, different", Call + $"Content-Length: {length}\r\nContent-Length: 0\r\n\r\n{Json}{Smuggled}");
        Add("CL twice, same", Call + $"Content-Length: {length}\r\nContent-Length: {length}\r\n\r\n{Json}");
        Add("CL list", Call + $"Content-Length: {length}, {length}\r\n\r\n{Json}");
        Add("CL plus", Call + $"Content-Length: +{length}\r\n\r\n{Json}");
        Add("CL minus", Call + "Content-Length: -1\r\n\r\n");
        Add("CL minus zero", Call + "Content-Length: -0\r\n\r\n");
        Add("CL hex", Call + $"Content-Length: 0x{length:x}\r\n\r\n{Json}");
        Add("CL empty", Call + "Content-Length:\r\n\r\n");
        Add("CL blank", Call + "Content-Length: \t \r\n\r\n");
        Add("CL letters", Call + "Content-Length: ten\r\n\r\n");
        Add("CL decimal point", Call + $"Content-Length: {length}.0\r\n\r\n{Json}");
        Add("CL exponent", Call + "Content-Length: 1e2\r\n\r\n");
        Add("CL space inside", Call + "Content-Length: 6 0\r\n\r\n");
        Add("CL underscore digits", Call + "Content-Length: 6_0\r\n\r\n");
        Add("CL too long", Call + "Content-Length: 99999999999999999999\r\n\r\n");
        Add("CL overflow 64 bit", Call + "Content-Length: 18446744073709551617\r\n\r\n");
        Add("CL look-alike", Call + $"Content_Length: 0\r\nContent-Length: {length}\r\n\r\n{Json}");
        Add("CL look-alike alone", Call + "content_length: 5\r\n\r\n");
        Add("TE look-alike", Call + $"Transfer_Encoding: chunked\r\nContent-Length: {length}\r\n\r\n{Json}");
        Add("CL quoted", Call + $"Content-Length: \"{length}\"\r\n\r\n{Json}");
        Add("no length at all", Call + "\r\n" + Json);

        // Which coding counts.
        Add("TE xchunked", Call + $"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Smuggled}");
        Add("TE identity", Call + "Transfer-Encoding: identity\r\n\r\n");
        Add("TE gzip, chunked", Call + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        Add("TE chunked, identity", Call + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n");
        Add("TE chunked, chunked", Call + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        Add("TE twice", Call + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        Add("TE twice, second odd", Call + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n");
        Add("TE quoted", Call + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n");
        Add("TE parameter", Call + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n");
        Add("TE vertical tab", Call + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n");
        Add("TE empty", Call + "Transfer-Encoding:\r\n\r\n0\r\n\r\n");
        Add("TE comma", Call + "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n");
        Add("TE in HTTP/1.0", Call.Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal) + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Smuggled);
        Add("TE and X-Content-Length order", Call + "Content-Length: 3\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n");

        // Where a line ends, what a name is.
        Add("bare LF after a field", "POST /v1/chat/completions HTTP/1.1\r\nHost: weir\nContent-Length: 0\r\n\r\n");
        Add("bare LF after the request line", "GET /healthz HTTP/1.1\nHost: weir\r\n\r\n");
        Add("bare LF at the end", "GET /healthz HTTP/1.1\r\nHost: weir\r\n\n");
        Add("only bare LF", "GET /healthz HTTP/1.1\nHost: weir\n\n");
        Add("bare CR in a value", "GET /healthz HTTP/1.1\r\nHost: weir\r\nX-A: b\rTransfer-Encoding: chunked\r\n\r\n");
        Add("NUL in a value", "GET /healthz HTTP/1.1\r\nHost: weir\r\nX-A: b\0c\r\n\r\n");
        Add("space before colon", Call + "Content-Length : 0\r\n\r\n");
        Add("tab before colon", Call + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n");
        Add("folded line", "GET /healthz HTTP/1.1\r\nHost: weir\r\nX-A: b\r\n c\r\n\r\n");
        Add("folded first line", "GET /healthz HTTP/1.1\r\n Host: weir\r\n\r\n");
        Add("no colon", "GET /healthz HTTP/1.1\r\nHost: weir\r\nnonsense\r\n\r\n");
        Add("empty name", "GET /healthz HTTP/1.1\r\nHost: weir\r\n: x\r\n\r\n");
        Add("bad name", "GET /healthz HTTP/1.1\r\nHost: weir\r\nX(A): x\r\n\r\n");
        Add("no host", "GET /healthz HTTP/1.1\r\n\r\n");
        Add("two hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        Add("bad host", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n");
        Add("absolute form, other host", "GET http://other/healthz HTTP/1.1\r\nHost: weir\r\n\r\n");
        Add("HTTP/1.2", "GET /healthz HTTP/1.2\r\nHost: weir\r\n\r\n");
        Add("HTTP/0.9", "GET /healthz\r\n\r\n");
        Add("lower-case protocol", "GET /healthz http/1.1\r\nHost: weir\r\n\r\n");
        Add("tab in the request line", "GET\t/healthz HTTP/1.1\r\nHost: weir\r\n\r\n");

        // Inside chunked bodies.
        const string chunked = Call + "Transfer-Encoding: chunked\r\n\r\n";
        Add("chunk size overflow", chunked + "fffffffffffffffff\r\n");
        Add("chunk size overflow 32 bit", chunked + "100000000\r\nx");
        Add("chunk size 0x", chunked + $"0x{length:x}\r\n{Json}\r\n0\r\n\r\n");
        Add("chunk size sign", chunked + $"+{length:x}\r\n{Json}\r\n0\r\n\r\n");
        Add("chunk size negative", chunked + "-1\r\n");
        Add("chunk size empty", chunked + "\r\n" + Json);
        Add("chunk size bare LF", chunked + $"{length:x}\n{Json}\r\n0\r\n\r\n");
        Add("chunk extension bare LF", chunked + $"{length:x};a\n{Json}\r\n0\r\n\r\n");
        Add("chunk extension bare CR", chunked + $"{length:x};a\rb\r\n{Json}\r\n0\r\n\r\n");
        Add("chunk without CR LF after it", chunked + $"{length:x}\r\n{Json}0\r\n\r\n");
        Add("chunk longer than said", chunked + $"{length - 2:x}\r\n{Json}\r\n0\r\n\r\n");
        Add("trailer Content-Length", chunked + $"{length:x}\r\n{Json}\r\n0\r\nContent-Length: 5\r\n\r\n");
        Add("trailer Transfer-Encoding", chunked + $"{length:x}\r\n{Json}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n");
        Add("trailer Host", chunked + $"{length:x}\r\n{Json}\r\n0\r\nHost: other\r\n\r\n");
        Add("trailer Authorization", chunked + $"{length:x}\r\n{Json}\r\n0\r\nAuthorization: Bearer x\r\n\r\n");

        // Where a path leads.
        foreach (var path in new[]
        {
            "/v1/%2e%2e/admin", "/v1/%2E%2e/healthz", "/v1/../healthz", "/./healthz", "//healthz", "//admin", "/v1//models", "/v1%2fmodels", "/v1%2Fadmin",
            "/v1/%63hat/completions", "/v1\\models", "/v1/models/..%2f..%2fhealthz", "/v1/models/%2e%2e", "/v1/models/%252e", "/%00", "/healthz/..",
        })
            Add("path " + path, $"GET {path} HTTP/1.1\r\nHost: weir\r\n\r\n");
        return data;
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_ambiguous_request_is_refused_and_its_connection_closed(string name, string request)
    {
        using var raw = await RawClient.ConnectAsync(gateway.Weir.Data, Cancellation);

        await raw.SendAsync(request.Replace("KEY", gateway.Weir.Key.Secret, StringComparison.Ordinal) + Smuggled, Cancellation);
        var closed = await raw.ReadToEndAsync(TimeSpan.FromSeconds(10), Cancellation);

        var status = Assert.Single(raw.Statuses);
        Assert.True(status is 400 or 411 or 414 or 431 or 505, $"{name}: {raw.Received}");
        Assert.True(closed, $"{name}: the connection stayed open after {raw.Received}");
    }

    [Theory]
    [InlineData("plain", "Content-Length: LEN\r\n\r\nJSON")]
    [InlineData("leading zeros", "Content-Length: 00LEN\r\n\r\nJSON")]
    [InlineData("blanks around", "Content-Length: \t LEN \t\r\n\r\nJSON")]
    [InlineData("other case", "CONTENT-length: LEN\r\n\r\nJSON")]
    [InlineData("chunked", "Transfer-Encoding: Chunked\r\n\r\nHEX\r\nJSON\r\n0\r\n\r\n")]
    [InlineData("chunk extension", "Transfer-Encoding: chunked\r\n\r\nHEX;a=b\r\nJSON\r\n0\r\n\r\n")]
    [InlineData("harmless trailer", "Transfer-Encoding: chunked\r\n\r\nHEX\r\nJSON\r\n0\r\nX-Checksum: 1\r\n\r\n")]
    [InlineData("leading empty line", "Content-Length: LEN\r\n\r\nJSON")]
    public async Task A_clear_request_is_served_and_the_next_one_on_its_connection_too(string name, string rest)
    {
        using var raw = await RawClient.ConnectAsync(gateway.Weir.Data, Cancellation);
        var request = (name == "leading empty line" ? "\r\n" : "") + Call.Replace("KEY", gateway.Weir.Key.Secret, StringComparison.Ordinal)
            + rest.Replace("LEN", $"{Json.Length}", StringComparison.Ordinal).Replace("HEX", $"{Json.Length:x}", StringComparison.Ordinal).Replace("JSON", Json, StringComparison.Ordinal);

        // Three in one go: heads and bodies must be told apart on a reused connection, however they arrive.
        await raw.SendAsync(request + request + request + Smuggled.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal), Cancellation);
        await raw.ReadToEndAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.True(raw.Statuses.SequenceEqual([200, 200, 200, 200]), raw.Received);
    }

    [Theory]
    [InlineData("wrong key", "Authorization: Bearer wk-nonsense\r\nContent-Length: 38\r\n\r\n", 401)]
    [InlineData("unknown path", "Content-Length: 38\r\n\r\n", 404)]
    public async Task A_body_that_was_not_read_takes_its_connection_with_it(string name, string rest, int status)
    {
        using var raw = await RawClient.ConnectAsync(gateway.Weir.Data, Cancellation);
        var path = name == "unknown path" ? "/v1/nothing" : "/v1/messages";

        await raw.SendAsync($"POST {path} HTTP/1.1\r\nHost: weir\r\n{rest}{Smuggled}{Smuggled}", Cancellation);

        Assert.True(await raw.ReadToEndAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal([status], raw.Statuses);
        Assert.Contains("Connection: close", raw.Received, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_head_that_arrives_byte_by_byte_is_checked_as_a_whole()
    {
        using var raw = await RawClient.ConnectAsync(gateway.Weir.Data, Cancellation);
        foreach (var letter in "POST /v1/messages HTTP/1.1\r\nHost: weir\r\nContent-Length: +2\r\n\r\n")
            await raw.SendAsync(letter.ToString(), Cancellation);

        Assert.True(await raw.ReadToEndAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal([400], raw.Statuses);
        Assert.Contains("Content-Length is not a plain number", raw.Received, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"error\"", raw.Received, StringComparison.Ordinal);
    }

    public sealed class Gateway : IAsyncLifetime
    {
        public WeirFixture Weir { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Weir = await WeirFixture.StartAsync();

        public ValueTask DisposeAsync() => Weir.DisposeAsync();
    }
}
