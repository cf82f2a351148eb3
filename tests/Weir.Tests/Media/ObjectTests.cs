using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Weir.Core.Catalog;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>Files, batches and vector stores: at the provider that has them, seen by the tenant that made them, batches charged once.</summary>
public sealed class ObjectTests
{
    private const string Two = """
        server: {drainTimeout: 0s}
        objects: {provider: one}
        providers:
          - {name: one, kind: simulated, baseUrl: "{sim}", models: "*"}
          - {name: two, kind: simulated, baseUrl: "{sim}/second", models: "*"}
        prices:
          - {name: p, provider: one, model: gpt-5-mini, input: 2, output: 8, serviceTiers: {batch: {input: 1, output: 4}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_seen_by_its_tenant_alone()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var other = await OtherTenantAsync(weir);
        var file = Id(await UploadAsync(weir.Http, "hello"));

        Assert.Equal("hello", (await GetAsync(weir.Http, $"/v1/files/{file}/content")).Text);
        Assert.Equal(file, Id(await GetAsync(weir.Http, $"/v1/files/{file}")));
        foreach (var path in new[] { $"/v1/files/{file}", $"/v1/files/{file}/content" })
        {
            var refused = await GetAsync(other, path);
            Assert.Equal((404, "object_not_found"), (refused.Status, refused.Error.GetProperty("code").GetString()));
        }
        Assert.Equal(404, (await SendAsync(other, HttpMethod.Delete, $"/v1/files/{file}")).Status);

        var others = Id(await UploadAsync(other, "theirs"));
        Assert.Equal([file], Ids(await GetAsync(weir.Http, "/v1/files")));
        Assert.Equal([others], Ids(await GetAsync(other, "/v1/files")));

        Assert.True((await SendAsync(weir.Http, HttpMethod.Delete, $"/v1/files/{file}")).Json.GetProperty("deleted").GetBoolean());
        Assert.Equal("object_not_found", (await GetAsync(weir.Http, $"/v1/files/{file}")).Error.GetProperty("code").GetString());
        Assert.Empty(Ids(await GetAsync(weir.Http, "/v1/files")));
    }

    [Fact]
    public async Task An_id_goes_to_the_provider_that_has_it()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var chosen = weir.NewClient(weir.Key.Secret);
        chosen.DefaultRequestHeaders.Add("x-weir-provider", "two");
        var file = Id(await UploadAsync(chosen, "x"));

        var answer = await GetAsync(weir.Http, $"/v1/files/{file}");
        Assert.Equal((200, "two"), (answer.Status, answer.Headers["x-weir-target"]));

        var here = Id(await UploadAsync(weir.Http, "y"));
        var mixed = await PostAsync(weir.Http, "/v1/vector_stores", $$"""{"file_ids":["{{file}}","{{here}}"]}""");
        Assert.Equal((400, "objects_apart"), (mixed.Status, mixed.Error.GetProperty("code").GetString()));

        chosen.DefaultRequestHeaders.Remove("x-weir-provider");
        chosen.DefaultRequestHeaders.Add("x-weir-provider", "three");
        Assert.Equal("unknown_provider", (await UploadAsync(chosen, "z")).Error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Another_tenants_file_cannot_be_reached_through_ones_own_objects()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var other = await OtherTenantAsync(weir);
        var file = Id(await UploadAsync(weir.Http, "secret"));
        var store = Id(await PostAsync(other, "/v1/vector_stores", """{"name":"mine"}"""));

        foreach (var (path, body) in new[]
        {
            ("/v1/vector_stores", $$"""{"file_ids":["{{file}}"]}"""),
            ($"/v1/vector_stores/{store}/files", $$"""{"file_id":"{{file}}"}"""),
            ($"/v1/vector_stores/{store}/file_batches", $$"""{"files":[{"file_id":"{{file}}"}]}"""),
            ("/v1/batches", $$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"}"""),
        })
        {
            var refused = await PostAsync(other, path, body);
            Assert.Equal((404, "object_not_found"), (refused.Status, refused.Error.GetProperty("code").GetString()));
        }
        Assert.Equal(200, (await PostAsync(other, $"/v1/vector_stores/{store}/search", """{"query":"q"}""")).Status);
    }

    [Fact]
    public async Task An_upload_in_parts_becomes_a_file_of_its_maker()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var other = await OtherTenantAsync(weir);
        var upload = Id(await PostAsync(weir.Http, "/v1/uploads", """{"filename":"a.txt","purpose":"assistants","bytes":6,"mime_type":"text/plain"}"""));
        foreach (var part in new[] { "abc", "def" })
            Assert.Equal(200, (await FormAsync(weir.Http, $"/v1/uploads/{upload}/parts", "data", part)).Status);
        Assert.Equal(404, (await FormAsync(other, $"/v1/uploads/{upload}/parts", "data", "evil")).Status);

        var done = await PostAsync(weir.Http, $"/v1/uploads/{upload}/complete", """{"part_ids":["part_1","part_2"]}""");
        var file = done.Json.GetProperty("file").GetProperty("id").GetString();
        Assert.Equal("abcdef", (await GetAsync(weir.Http, $"/v1/files/{file}/content")).Text);
        Assert.Equal(404, (await GetAsync(other, $"/v1/files/{file}/content")).Status);
    }

    [Fact]
    public async Task A_batch_is_charged_once_at_its_price_however_often_its_results_are_fetched()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        var lines = string.Concat(Enumerable.Range(0, 3).Select(i =>
            $$$"""{"custom_id":"{{{i}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"{{{(i == 2 ? "mystery" : "gpt-5-mini")}}}","messages":[]}}""" + "\n"));
        var file = Id(await UploadAsync(weir.Http, lines, "batch"));
        var batch = await PostAsync(weir.Http, "/v1/batches", $$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"}""");
        var output = (await GetAsync(weir.Http, $"/v1/batches/{Id(batch)}")).Json.GetProperty("output_file_id").GetString();
        Assert.Empty(await BatchRowsAsync(weir));

        var first = await GetAsync(weir.Http, $"/v1/files/{output}/content");
        Assert.Equal(3, first.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var rows = await Eventually.GetAsync(() => BatchRowsAsync(weir), r => r.Count == 2, "two models in the ledger");
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GetAsync(weir.Http, $"/v1/files/{output}/content")));
        Assert.All(again, a => Assert.Equal(first.Text, a.Text));
        foreach (var fetched in again)
            await weir.RecordOfAsync(fetched);

        var after = await BatchRowsAsync(weir);
        Assert.Equal(2, after.Count);
        Assert.Equal(rows.Select(r => r.Cost.Picos), after.Select(r => r.Cost.Picos));
        var priced = after.Single(r => r.Group[0] == "gpt-5-mini");
        Assert.Equal((20, 10, 60), (priced.Usage.InputUncached, priced.Usage.OutputVisible, priced.Cost.Picos / 1_000_000));
        Assert.Equal(1, after.Single(r => r.Group[0] == "mystery").Unpriced);
    }

    [Fact]
    public async Task A_key_for_some_models_starts_no_batches()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        var key = await weir.Host.Keys.CreateAsync(new NewKey("some", "default", null, ["one/gpt-5*", "one/*"], null), Cancellation);
        using var client = weir.NewClient(key.Secret);
        var file = Id(await UploadAsync(client, "{}", "batch"));
        var refused = await PostAsync(client, "/v1/batches", $$"""{"input_file_id":"{{file}}"}""");
        Assert.Equal((403, "batch_not_granted"), (refused.Status, refused.Error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?limit=2", 2)]
    [InlineData("?limit=2&order=asc", 2)]
    [InlineData("?limit=1", 3)]
    public async Task A_list_is_whole_however_many_of_others_lie_between(string query, int pages)
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var other = await OtherTenantAsync(weir);
        List<string> own = [];
        for (var i = 0; i < 3; i++)
        {
            own.Add(Id(await UploadAsync(weir.Http, "mine")));
            for (var j = 0; j < 25; j++)
                await UploadAsync(other, "theirs");
        }

        if (!query.Contains("asc", StringComparison.Ordinal))
            own.Reverse();
        List<string> seen = [];
        var asked = 0;
        for (Answer? page = null; page?.Json.GetProperty("has_more").GetBoolean() != false; asked++)
        {
            page = await GetAsync(weir.Http, "/v1/files" + (page is null ? query : $"{(query.Length == 0 ? "?" : query + "&")}after={Ids(page)[^1]}"));
            Assert.Equal(200, page.Status);
            var ids = Ids(page);
            seen.AddRange(ids);
            Assert.True(ids.Count > 0, "an empty page stops the official clients");
            Assert.Equal((ids[0], ids[^1]), (page.Json.GetProperty("first_id").GetString(), page.Json.GetProperty("last_id").GetString()));
        }

        Assert.Equal(own, seen);
        Assert.InRange(asked, pages, pages + 2);
    }

    [Fact]
    public async Task A_tenant_without_objects_is_told_so_at_once()
    {
        await using var weir = await WeirFixture.StartAsync(Two);
        using var other = await OtherTenantAsync(weir);
        for (var j = 0; j < 25; j++)
            await UploadAsync(other, "theirs");
        var before = weir.Simulator.State.Calls().Count;
        var list = await GetAsync(weir.Http, "/v1/files");
        Assert.Empty(Ids(list));
        Assert.False(list.Json.GetProperty("has_more").GetBoolean());
        Assert.Equal(before + 1, weir.Simulator.State.Calls().Count);
    }

    [Fact]
    public async Task Without_a_choice_the_caller_is_asked_for_one()
    {
        await using var weir = await WeirFixture.StartAsync(Two.Replace("objects: {provider: one}", "", StringComparison.Ordinal));
        var refused = await UploadAsync(weir.Http, "x");
        Assert.Equal((400, "provider_needed"), (refused.Status, refused.Error.GetProperty("code").GetString()));
    }

    private static async Task<IReadOnlyList<UsageRow>> BatchRowsAsync(WeirFixture weir)
    {
        var now = DateTimeOffset.UtcNow;
        var rows = await weir.Ledger.SumAsync(new UsageQuery([UsageDimension.Model], now.AddHours(-1), now.AddHours(1)), Cancellation);
        return [.. rows.Where(r => r.Group[0] is "gpt-5-mini" or "mystery").OrderBy(r => r.Group[0], StringComparer.Ordinal)];
    }

    private static async Task<HttpClient> OtherTenantAsync(WeirFixture weir) =>
        weir.NewClient((await weir.Host.Keys.CreateAsync(new NewKey("other", "elsewhere", null, [], null), Cancellation)).Secret);

    private static string Id(Answer answer) => answer.Status == 200 ? answer.Json.GetProperty("id").GetString()! : throw new InvalidOperationException(answer.ToString());

    private static List<string> Ids(Answer list) => [.. list.Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    private static Task<Answer> UploadAsync(HttpClient client, string content, string purpose = "assistants") => FormAsync(client, "/v1/files", "file", content, ("purpose", purpose));

    private static Task<Answer> FormAsync(HttpClient client, string path, string field, string content, params (string Name, string Value)[] more)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), field, "a.txt" } };
        foreach (var (name, value) in more)
            form.Add(new StringContent(value), name);
        return SendAsync(client, HttpMethod.Post, path, form);
    }

    private static Task<Answer> GetAsync(HttpClient client, string path) => SendAsync(client, HttpMethod.Get, path);

    private static Task<Answer> PostAsync(HttpClient client, string path, string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(client, HttpMethod.Post, path, content);
    }

    private static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return await Answer.ReadAsync(response, Cancellation);
    }
}
