using System.Text;
using Weir.Core.Identity;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Http;

/// <summary>What clients get wrong: a typed error in their dialect, nothing sent upstream, the next call unharmed.</summary>
public sealed class BadInputTests(SmugglingTests.Gateway gateway) : IClassFixture<SmugglingTests.Gateway>
{
    private WeirFixture Weir => gateway.Weir;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Bodies()
    {
        var data = new TheoryData<string, byte[]>();
        void Add(string name, string body) => data.Add(name, Encoding.UTF8.GetBytes(body));
        Add("empty", "");
        Add("blank", "  \n");
        Add("garbage", "}{");
        Add("text", "hello");
        Add("null", "null");
        Add("array", "[]");
        Add("number", "1");
        Add("truncated", """{"model":"chat","messages":[""");
        Add("two documents", """{"model":"chat","messages":[{"role":"user","content":"a"}]} {}""");
        Add("no model", """{"messages":[{"role":"user","content":"a"}]}""");
        Add("model a number", """{"model":1,"messages":[{"role":"user","content":"a"}]}""");
        Add("messages an object", """{"model":"chat","messages":{}}""");
        Add("stream a word", """{"model":"chat","stream":"yes","messages":[{"role":"user","content":"a"}]}""");
        Add("model twice", """{"model":"chat","model":"messages","messages":[{"role":"user","content":"a"}]}""");
        Add("model twice, escaped", """{"model":"chat","mode\u006c":"messages","messages":[{"role":"user","content":"a"}]}""");
        Add("model in two cases", """{"model":"chat","Model":"messages","messages":[{"role":"user","content":"a"}]}""");
        Add("comment", """{"model":"chat",/* */"messages":[{"role":"user","content":"a"}]}""");
        Add("trailing comma", """{"model":"chat","messages":[{"role":"user","content":"a"}],}""");
        Add("single quotes", """{'model':'chat'}""");
        Add("NaN", """{"model":"chat","temperature":NaN,"messages":[{"role":"user","content":"a"}]}""");
        Add("depth 65", $$"""{"model":"chat","messages":[{"role":"user","content":"a"}],"metadata":{{string.Concat(Enumerable.Repeat("[", 64))}}{{string.Concat(Enumerable.Repeat("]", 64))}}}""");
        Add("depth 100000", string.Concat(Enumerable.Repeat("[", 100_000)));
        data.Add("invalid UTF-8", [.. "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, 0xff, 0xfe, .. "\"}]}"u8]);
        data.Add("overlong UTF-8", [.. "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, 0xc0, 0xaf, .. "\"}]}"u8]);
        data.Add("UTF-16", Encoding.Unicode.GetBytes("""{"model":"chat"}"""));
        return data;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_in_the_callers_dialect(string name, byte[] body)
    {
        var before = Weir.Simulator.State.Started;
        foreach (var path in new[] { ChatPath, MessagesPath })
        {
            var answer = await Weir.PostAsync(path, body);

            Assert.True(answer is { Status: 400, HasError: true }, $"{name}: {answer}");
            Assert.Equal(path == MessagesPath, answer.Json.TryGetProperty("type", out _));
            Assert.Equal(0, (await Weir.RecordOfAsync(answer)).Request.Attempts);
        }
        Assert.Equal(before, Weir.Simulator.State.Started);
    }

    [Fact]
    public async Task Depth_64_is_fine()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 62)) + "1" + new string('}', 62);
        var answer = await Weir.ChatAsync("chat", "hello", extra: $",\"metadata\":{nested}");
        Assert.True(answer.Status == 200, answer.ToString());
    }

    [Fact]
    public async Task Who_may_not_call_is_told_why_and_what_is_not_granted_is_refused()
    {
        var revoked = await Weir.Host.Keys.CreateAsync(new NewKey("revoked", "default", null, [], null), Cancellation);
        await Weir.Host.Keys.RevokeAsync(revoked.Key.Id, Cancellation);
        var expired = await Weir.Host.Keys.CreateAsync(new NewKey("expired", "default", null, [], DateTimeOffset.UnixEpoch.AddYears(50)), Cancellation);
        var narrow = await Weir.Host.Keys.CreateAsync(new NewKey("narrow", "default", null, ["embed"], null), Cancellation);
        var body = Encoding.UTF8.GetBytes(Body(ChatPath, "chat", "hello", stream: false));

        async Task<string> CodeAsync(string? secret, byte[] sent, Action<HttpClient>? also = null)
        {
            using var client = Weir.NewClient(secret);
            also?.Invoke(client);
            var answer = await Weir.PostAsync(ChatPath, sent, client);
            return $"{answer.Status} {answer.Error.GetProperty("code").GetString()}";
        }

        Assert.Equal("401 missing_api_key", await CodeAsync(null, body));
        Assert.Equal("401 invalid_api_key", await CodeAsync("wk-nothing", body));
        Assert.Equal("401 invalid_api_key", await CodeAsync("sk-" + new string('a', 5000), body));
        Assert.Equal("401 revoked_api_key", await CodeAsync(revoked.Secret, body));
        Assert.Equal("401 expired_api_key", await CodeAsync(expired.Secret, body));
        Assert.Equal("403 model_not_granted", await CodeAsync(narrow.Secret, body));
        Assert.Equal("401 conflicting_api_keys", await CodeAsync(Weir.Key.Secret, body, c => c.DefaultRequestHeaders.Add("x-api-key", narrow.Secret)));
        Assert.Equal("404 model_not_found", await CodeAsync(Weir.Key.Secret, Encoding.UTF8.GetBytes(Body(ChatPath, "chta", "hello", stream: false))));
        Assert.Equal("404 model_not_found", await CodeAsync(narrow.Secret, Encoding.UTF8.GetBytes(Body(ChatPath, "nothing-like-it", "hello", stream: false))));
    }

    [Theory]
    [InlineData("Content-Length: 67108865\r\n\r\n")]
    [InlineData("Content-Length: 9999999999999\r\n\r\n{")]
    public async Task A_body_declared_too_large_is_refused_before_it_is_sent(string rest)
    {
        using var raw = await RawClient.ConnectAsync(Weir.Data, Cancellation);

        await raw.SendAsync($"POST {ChatPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Weir.Key.Secret}\r\n{rest}", Cancellation);
        await raw.ReadUntilAsync(text => text.Contains("body_too_large", StringComparison.Ordinal), Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal([413], raw.Statuses);
        Assert.Contains("connection: close", raw.Received, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_chunked_body_is_refused_when_it_has_grown_too_large()
    {
        using var raw = await RawClient.ConnectAsync(Weir.Data, Cancellation);
        var chunk = Encoding.ASCII.GetBytes($"{1 << 20:x}\r\n{new string(' ', 1 << 20)}\r\n");

        await raw.SendAsync($"POST {ChatPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Weir.Key.Secret}\r\nTransfer-Encoding: chunked\r\n\r\n", Cancellation);
        for (var i = 0; i < 65; i++)
            await raw.SendAsync(chunk, Cancellation);
        await raw.ReadUntilAsync(text => text.Contains("body_too_large", StringComparison.Ordinal), Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal([413], raw.Statuses);
    }

    [Theory]
    [InlineData(101, 431)]
    [InlineData(90, 200)]
    public async Task Headers_are_counted(int count, int status)
    {
        using var raw = await RawClient.ConnectAsync(Weir.Data, Cancellation);
        var many = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: a\r\n"));

        await raw.SendAsync($"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{many}\r\n", Cancellation);
        await raw.ReadToEndAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal([status], raw.Statuses);
    }

    [Fact]
    public async Task Header_values_beyond_ascii_do_not_fail_the_call()
    {
        using var client = Weir.NewClient(Weir.Key.Secret);
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-title", "plain");
        using var raw = await RawClient.ConnectAsync(Weir.Data, Cancellation);
        var body = Body(ChatPath, "chat", "hello", stream: false);

        await raw.SendAsync([.. Encoding.UTF8.GetBytes($"POST {ChatPath} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Title: Caf\u00e9 \u4f60\r\nAuthorization: Bearer {Weir.Key.Secret}\r\nContent-Length: {body.Length}\r\n\r\n{body}")], Cancellation);
        await raw.ReadToEndAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal([200], raw.Statuses);
    }
}
