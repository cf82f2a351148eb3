using System.Text;
using System.Text.Json;
using Weir.Core.Identity;
using Weir.Simulator;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>Calls to models that name objects at the provider: a tenant reaches its own, where they are, and no others.</summary>
public sealed class NamedObjectTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        objects: {provider: one}
        providers:
          - {name: one, kind: simulated, baseUrl: "{sim}", credentials: [{name: a, credential: {fromEnv: KEY_A}}, {name: b, credential: {fromEnv: KEY_B}}]}
          - {name: two, kind: simulated, baseUrl: "{sim}/second"}
          - {name: open, kind: simulated, baseUrl: "{sim}", unknownObjects: pass}
        models:
          - {name: m, targets: [{provider: two, model: gpt-5}, {provider: one, model: gpt-5}]}
          - {name: two, targets: [{provider: two, model: gpt-5}]}
          - {name: open, targets: [{provider: two, model: gpt-5}, {provider: open, model: gpt-5}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bodies => new()
    {
        { WeirFixture.ChatPath, """{"model":"MODEL","messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"file","file":{"file_id":"ID"}}]}]}""" },
        { WeirFixture.ResponsesPath, """{"model":"MODEL","input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"input_file","file_id":"ID"}]}]}""" },
        { WeirFixture.ResponsesPath, """{"model":"MODEL","input":"x","tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["ID"]}}]}""" },
        { WeirFixture.MessagesPath, """{"model":"MODEL","max_tokens":100,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"file","file_id":"ID"}}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Anothers_file_is_refused_in_the_words_of_one_that_is_not_there(string path, string body)
    {
        await using var weir = await StartAsync();
        using var other = await OtherTenantAsync(weir);
        var file = await UploadAsync(weir.Http);

        var mine = await weir.PostAsync(path, Named(body, "m", file));
        Assert.NotEqual(404, mine.Status);
        var before = weir.Simulator.State.Calls().Count;
        var theirs = await weir.PostAsync(path, Named(body, "m", file), other);
        var nobodys = await weir.PostAsync(path, Named(body, "m", "file-none"), other);
        Assert.Equal((404, 404), (theirs.Status, nobodys.Status));
        Assert.Equal(nobodys.Text.Replace("file-none", file, StringComparison.Ordinal).Replace(nobodys.RequestId!, "", StringComparison.Ordinal), theirs.Text.Replace(theirs.RequestId!, "", StringComparison.Ordinal));
        Assert.Equal(path == WeirFixture.MessagesPath ? "not_found_error" : "invalid_request_error", theirs.Json.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(before, weir.Simulator.State.Calls().Count);
    }

    [Fact]
    public async Task A_file_takes_the_call_where_it_is()
    {
        await using var weir = await StartAsync();
        var file = await UploadAsync(weir.Http);
        var (path, body) = (WeirFixture.ChatPath, Bodies.First().Data.Item2);
        var answer = await weir.PostAsync(path, Named(body, "m", file));
        Assert.Equal("one/gpt-5", answer.Headers["x-weir-target"]);
        var elsewhere = await weir.PostAsync(path, Named(body, "two", file));
        Assert.Equal((400, "objects_apart"), (elsewhere.Status, elsewhere.Error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Where_the_operator_says_so_the_provider_decides_of_what_nobody_made_here()
    {
        await using var weir = await StartAsync();
        using var other = await OtherTenantAsync(weir);
        var file = await UploadAsync(weir.Http);
        var body = Bodies.First().Data.Item2;
        var unknown = await weir.PostAsync(WeirFixture.ChatPath, Named(body, "open", "file-none"), other);
        Assert.Equal("open/gpt-5", unknown.Headers["x-weir-target"]);
        Assert.Equal(404, (await weir.PostAsync(WeirFixture.ChatPath, Named(body, "open", file), other)).Status);

        var response = Id(await weir.CallAsync(WeirFixture.ResponsesPath, "open", "[[sim tokens=3]] one"));
        var refused = await weir.PostAsync(WeirFixture.ResponsesPath, Next("open", response), other);
        Assert.Equal((400, "previous_response_not_found"), (refused.Status, refused.Error.GetProperty("code").GetString()));
        Assert.Equal(200, (await weir.PostAsync(WeirFixture.ResponsesPath, Next("open", response))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_goes_on_for_its_tenant_alone_where_it_began(bool stream)
    {
        await using var weir = await StartAsync();
        using var other = await OtherTenantAsync(weir);
        var first = await weir.CallAsync(WeirFixture.ResponsesPath, "m", "[[sim tokens=3]] secret", stream);
        var id = stream ? IdInStream(first.Text) : Id(first);

        var theirs = await weir.PostAsync(WeirFixture.ResponsesPath, Next("m", id), other);
        var nobodys = await weir.PostAsync(WeirFixture.ResponsesPath, Next("m", "resp_none"), other);
        Assert.Equal((400, "previous_response_not_found"), (theirs.Status, theirs.Error.GetProperty("code").GetString()));
        Assert.Equal(nobodys.Error.GetProperty("message").GetString()!.Replace("resp_none", id, StringComparison.Ordinal), theirs.Error.GetProperty("message").GetString());
        Assert.Equal(200, (await weir.PostAsync(WeirFixture.ResponsesPath, Next("m", id))).Status);
        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/input_items"), ("POST", "/cancel"), ("DELETE", "") })
            Assert.Equal(404, (await AskAsync(other, new HttpMethod(method), $"/v1/responses/{id}{path}")).Status);
        Assert.Equal(200, (await AskAsync(weir.Http, HttpMethod.Get, $"/v1/responses/{id}")).Status);
    }

    [Fact]
    public async Task A_conversation_object_is_its_tenants()
    {
        await using var weir = await StartAsync();
        using var other = await OtherTenantAsync(weir);
        var id = Id(await weir.PostAsync("/v1/conversations", "{}"u8.ToArray()));
        var body = Encoding.UTF8.GetBytes($$"""{"model":"m","input":"x","conversation":{"id":"{{id}}" } }""");
        Assert.NotEqual(404, (await weir.PostAsync(WeirFixture.ResponsesPath, body)).Status);
        Assert.Equal(404, (await weir.PostAsync(WeirFixture.ResponsesPath, body, other)).Status);
        Assert.Equal(404, (await AskAsync(other, HttpMethod.Get, $"/v1/conversations/{id}")).Status);
    }

    [Fact]
    public async Task What_a_credential_made_is_used_with_that_credential()
    {
        await using var weir = await StartAsync();
        var credentials = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            var file = await UploadAsync(weir.Http);
            var made = LastKey(weir);
            credentials.Add(made);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(200, (await AskAsync(weir.Http, HttpMethod.Get, $"/v1/files/{file}")).Status);
                Assert.Equal(made, LastKey(weir));
                await weir.PostAsync(WeirFixture.ChatPath, Named(Bodies.First().Data.Item2, "m", file));
                Assert.Equal(made, LastKey(weir));
            }

            var response = Id(await weir.CallAsync(WeirFixture.ResponsesPath, "one-only", "[[sim tokens=3]] x"));
            made = LastKey(weir);
            credentials.Add(made);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(200, (await weir.PostAsync(WeirFixture.ResponsesPath, Next("one-only", response))).Status);
                Assert.Equal(made, LastKey(weir));
                Assert.Equal(200, (await AskAsync(weir.Http, HttpMethod.Get, $"/v1/responses/{response}")).Status);
                Assert.Equal(made, LastKey(weir));
            }
        }

        Assert.Equal(2, credentials.Count);
    }

    [Fact]
    public async Task When_the_credential_is_gone_the_caller_is_told()
    {
        await using var weir = await StartAsync();
        var byCredential = new Dictionary<string, (string File, string Response)>(StringComparer.Ordinal);
        while (byCredential.Count < 2)
        {
            var file = await UploadAsync(weir.Http);
            var key = LastKey(weir);
            string response;
            do
                response = Id(await weir.CallAsync(WeirFixture.ResponsesPath, "one-only", "[[sim tokens=3]] x"));
            while (LastKey(weir) != key);
            byCredential[key] = (file, response);
        }

        await weir.RewriteConfigurationAsync(Whole.Replace("{name: a, credential: {fromEnv: KEY_A}}, ", "", StringComparison.Ordinal));
        await Eventually.GetAsync(async () => (await AskAsync(weir.Http, HttpMethod.Get, $"/v1/files/{byCredential["Bearer sk-first-93jf82hd"].File}")).Status, s => s == 502, "the new configuration");
        foreach (var answer in new[]
        {
            await AskAsync(weir.Http, HttpMethod.Get, $"/v1/files/{byCredential["Bearer sk-first-93jf82hd"].File}"),
            await weir.PostAsync(WeirFixture.ChatPath, Named(Bodies.First().Data.Item2, "m", byCredential["Bearer sk-first-93jf82hd"].File)),
            await weir.PostAsync(WeirFixture.ResponsesPath, Next("one-only", byCredential["Bearer sk-first-93jf82hd"].Response)),
            await AskAsync(weir.Http, HttpMethod.Get, $"/v1/responses/{byCredential["Bearer sk-first-93jf82hd"].Response}"),
        })
        {
            Assert.Equal((502, "credential_not_configured"), (answer.Status, answer.Error.GetProperty("code").GetString()));
            Assert.DoesNotContain("sk-first", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await AskAsync(weir.Http, HttpMethod.Get, $"/v1/files/{byCredential["Bearer sk-other-17dk39sl"].File}")).Status);
    }

    private const string Whole = Configuration + "\n  - {name: one-only, targets: [{provider: one, model: gpt-5}]}\n";

    private static Task<WeirFixture> StartAsync() => WeirFixture.StartAsync(Whole, new SimulatorOptions { CaptureRequests = true },
        environment: name => name switch { "KEY_A" => "sk-first-93jf82hd", "KEY_B" => "sk-other-17dk39sl", _ => null });

    private static async Task<Answer> AskAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response, Cancellation);
    }

    private static string LastKey(WeirFixture weir) => weir.Simulator.State.Calls()[^1].Request!.Headers.First(h => h.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)).Value;

    private static byte[] Named(string body, string model, string id) => Encoding.UTF8.GetBytes(body.Replace("MODEL", model, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal));

    private static byte[] Next(string model, string previous) => Encoding.UTF8.GetBytes($$"""{"model":"{{model}}","input":"[[sim tokens=3]] more","previous_response_id":"{{previous}}"}""");

    private static string Id(Answer answer) => answer.Status == 200 ? answer.Json.GetProperty("id").GetString()! : throw new InvalidOperationException(answer.ToString());

    private static string IdInStream(string text)
    {
        var line = text.Split('\n').First(l => l.StartsWith("data: ", StringComparison.Ordinal));
        return JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("response").GetProperty("id").GetString()!;
    }

    private static async Task<HttpClient> OtherTenantAsync(WeirFixture weir) =>
        weir.NewClient((await weir.Host.Keys.CreateAsync(new NewKey("other", "elsewhere", null, [], null), Cancellation)).Secret);

    private static async Task<string> UploadAsync(HttpClient client)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "file", "a.txt" }, { new StringContent("user_data"), "purpose" } };
        using var response = await client.PostAsync("/v1/files", form, Cancellation);
        return Id(await Answer.ReadAsync(response, Cancellation));
    }
}
