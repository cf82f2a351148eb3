using System.Text;
using Weir.Core.Metering;
using Weir.Simulator;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;

namespace Weir.Tests.Spine;

/// <summary>A count asked for in one dialect, answered by the provider's own count in another, or else by an estimate that is marked.</summary>
public sealed class ProviderCountTests
{
    private const string Mark = "x-weir-estimated";

    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: } }
          - {name: gemini, kind: simulated, baseUrl: "{sim}", dialects: {gemini-generate: } }
          - {name: vertex, kind: vertex, baseUrl: "{sim}", allowPrivateNetwork: true, credential: {fromEnv: VERTEX_TOKEN} }
          - {name: responses, kind: simulated, baseUrl: "{sim}", dialects: {openai-responses: } }
          - {name: either, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-responses: } }
          - {name: bedrock, kind: bedrock, baseUrl: "{sim}", region: eu-central-1, allowPrivateNetwork: true, auth: {aws: {source: environment} } }
          - {name: chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: } }
        models:
          - {name: anthropic-messages, targets: [{provider: messages, model: claude-sonnet-5}]}
          - {name: gemini-generate, targets: [{provider: gemini, model: gemini-3-flash}]}
          - {name: vertex, targets: [{provider: vertex, model: gemini-3-flash}]}
          - {name: openai-responses, targets: [{provider: responses, model: gpt-5}]}
          - {name: bedrock-converse, targets: [{provider: bedrock, model: eu.anthropic.claude-sonnet-4-5}]}
          - {name: either, targets: [{provider: either, model: gpt-5}]}
          - {name: chat, targets: [{provider: chat, model: gpt-4o}]}
        """;

    private static readonly string[] Clients = ["anthropic-messages", "gemini-generate", "openai-responses"];

    /// <summary>Client dialect × model (named for the upstream's dialect) × path the upstream must be asked on.</summary>
    public static TheoryData<string, string, string> Pairs()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var client in Clients)
        {
            foreach (var (model, path) in new[]
            {
                ("anthropic-messages", "/messages/count_tokens"), ("gemini-generate", ":countTokens"), ("vertex", ":countTokens"),
                ("openai-responses", "/responses/input_tokens"), ("bedrock-converse", "/model/anthropic.claude-sonnet-4-5/count-tokens"),
            })
            {
                if (model != client && !(client == "gemini-generate" && model == "vertex"))
                    data.Add(client, model, path);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task The_providers_count_is_what_a_call_of_the_same_prompt_is_charged(string client, string model, string path)
    {
        await using var weir = await StartAsync();

        var count = await CountAsync(weir, client, model);

        Assert.True(count.Status == 200 && !count.Headers.ContainsKey(Mark), count.ToString());
        var asked = Assert.Single(weir.Simulator.State.Calls());
        Assert.EndsWith(path, asked.Request!.Path, StringComparison.Ordinal);
        var (request, attempts) = await weir.RecordOfAsync(count);
        Assert.Equal(("ok", "count_tokens"), (request.Outcome, request.Operation));
        var settled = Assert.Single(attempts).Settlement!;
        Assert.Equal((AttemptOutcome.Ok, UsageSource.Reported, 0, 0), (settled.Outcome, settled.UsageSource, settled.Usage.InputTotal, settled.Cost.Picos));

        var call = await weir.PostAsync(PathOf(client, model, counts: false), Encoding.UTF8.GetBytes(BodyOf(client, model, counts: false)));
        Assert.True(call.Status == 200, call.ToString());
        Assert.Equal((await weir.RecordOfAsync(call)).Attempts[0].Settlement!.Usage.InputTotal, TokensOf(client, count));
    }

    [Fact]
    public async Task A_provider_that_counts_in_one_of_its_dialects_only_is_asked_in_that_one()
    {
        await using var weir = await StartAsync();

        var count = await CountAsync(weir, "anthropic-messages", "either");

        Assert.True(count.Status == 200 && !count.Headers.ContainsKey(Mark), count.ToString());
        Assert.EndsWith("/responses/input_tokens", Assert.Single(weir.Simulator.State.Calls()).Request!.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anthropic-messages")]
    [InlineData("gemini-generate")]
    [InlineData("openai-responses")]
    public async Task A_provider_that_cannot_count_is_not_asked(string client)
    {
        await using var weir = await StartAsync();

        var count = await CountAsync(weir, client, "chat");

        AssertEstimated(client, count);
        Assert.Empty(weir.Simulator.State.Calls());
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", 2)]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", 2)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"other\":\"doc\"}", 2)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>", 2)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"input_", 2)]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", 1)]
    [InlineData("HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", 1)]
    public async Task A_failed_count_becomes_a_marked_estimate_and_one_that_does_not_exist_is_not_asked_again(string answer, int asked)
    {
        await using var upstream = ScriptedUpstream.Start(Encoding.ASCII.GetBytes(answer));
        foreach (var (client, dialect) in new[] { ("anthropic-messages", "openai-responses"), ("openai-responses", "gemini-generate"), ("gemini-generate", "anthropic-messages") })
        {
            await using var weir = await StartAsync(upstream.BaseUrl, dialect);
            var before = upstream.Peers.Count;

            var first = await CountAsync(weir, client, "m");
            var second = await CountAsync(weir, client, "m");

            AssertEstimated(client, first);
            AssertEstimated(client, second);
            Assert.Equal(TokensOf(client, first), TokensOf(client, second));
            Assert.Equal(before + asked, upstream.Peers.Count);
            var (request, attempts) = await weir.RecordOfAsync(first);
            Assert.Equal(("ok", 200), (request.Outcome, request.Status));
            Assert.NotNull(Assert.Single(attempts).Settlement!.ErrorCode);
            Assert.Equal(0, request.Cost.Picos);
        }
    }

    [Fact]
    public async Task A_count_is_waited_for_only_shortly()
    {
        var time = new JumpingTime();
        await using var upstream = ScriptedUpstream.Start(peer => peer.UntilClosedAsync());
        await using var weir = await StartAsync(upstream.BaseUrl, "anthropic-messages", time);
        var count = CountAsync(weir, "openai-responses", "m");
        await Eventually.TrueAsync(() => upstream.Peers.TryPeek(out var peer) && peer.Received.IsCompleted, "the question");

        time.Jump(TimeSpan.FromSeconds(6));

        AssertEstimated("openai-responses", await count);
        Assert.Equal(AttemptOutcome.TimedOut, (await weir.NewestRecordAsync()).Attempts[0].Settlement!.Outcome);
    }

    private static Task<WeirFixture> StartAsync() => WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true }, environment: name => name switch
    {
        "AWS_ACCESS_KEY_ID" => "AKIASIMULATOR0000001",
        "AWS_SECRET_ACCESS_KEY" => "simulated-secret-access-key-0123456789",
        "VERTEX_TOKEN" => "token-of-vertex-0123456789",
        _ => null,
    });

    private static Task<WeirFixture> StartAsync(Uri upstream, string dialect, TimeProvider? time = null) => WeirFixture.StartAsync($$"""
        server: {drainTimeout: 0s}
        providers: [{name: far, kind: openai-compatible, baseUrl: "{{upstream}}", allowPrivateNetwork: true, dialects: { {{dialect}}: } }]
        models: [{name: m, targets: [{provider: far, model: some-model}]}]
        """, time: time);

    private static void AssertEstimated(string client, Answer count)
    {
        Assert.True(count.Status == 200 && count.Headers.GetValueOrDefault(Mark) == "input_tokens", count.ToString());
        Assert.InRange(TokensOf(client, count), 20, 400);
    }

    private static Task<Answer> CountAsync(WeirFixture weir, string client, string model) =>
        weir.PostAsync(PathOf(client, model, counts: true), Encoding.UTF8.GetBytes(BodyOf(client, model, counts: true)));

    private static long TokensOf(string client, Answer answer) => answer.Json.GetProperty(client == "gemini-generate" ? "totalTokens" : "input_tokens").GetInt64();

    private static string PathOf(string client, string model, bool counts) => client switch
    {
        "anthropic-messages" => counts ? "/v1/messages/count_tokens" : "/v1/messages",
        "gemini-generate" => $"/v1beta/models/{model}:{(counts ? "countTokens" : "generateContent")}",
        _ => counts ? "/v1/responses/input_tokens" : "/v1/responses",
    };

    /// <summary>Instructions, a tool, a call of it and its result, and text beyond ASCII, in the client's dialect.</summary>
    private static string BodyOf(string client, string model, bool counts)
    {
        const string schema = """{"type":"object","properties":{"city":{"type":"string","description":"Name of the city"}},"required":["city"]}""";
        var gemini = """
            "systemInstruction":{"parts":[{"text":"You are a terse assistant for the weather."}]},
            "contents":[{"role":"user","parts":[{"text":"Wie wird das Wetter in Zürich? 天気"}]},
              {"role":"model","parts":[{"functionCall":{"id":"c1","name":"get_weather","args":{"city":"Zürich"}}}]},
              {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"get_weather","response":{"result":"rain"}}}]}],
            "tools":[{"functionDeclarations":[{"name":"get_weather","description":"The weather of a city","parametersJsonSchema":SCHEMA}]}]
            """.Replace("SCHEMA", schema, StringComparison.Ordinal);
        return client switch
        {
            "anthropic-messages" => $$$"""
                {"model":"{{{model}}}"{{{(counts ? "" : ",\"max_tokens\":64")}}},"system":"You are a terse assistant for the weather.",
                "tools":[{"name":"get_weather","description":"The weather of a city","input_schema":{{{schema}}} }],
                "messages":[{"role":"user","content":"Wie wird das Wetter in Zürich? 天気"},
                  {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Zürich"}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"rain"}]}]}
                """,
            "gemini-generate" => counts ? $$$"""{"generateContentRequest":{"model":"models/{{{model}}}",{{{gemini}}} } }""" : "{" + gemini + "}",
            _ => $$$"""
                {"model":"{{{model}}}","instructions":"You are a terse assistant for the weather.",
                "tools":[{"type":"function","name":"get_weather","description":"The weather of a city","parameters":{{{schema}}},"strict":false}],
                "input":[{"role":"user","content":"Wie wird das Wetter in Zürich? 天気"},
                  {"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Zürich\"}"},
                  {"type":"function_call_output","call_id":"call_1","output":"rain"}]}
                """,
        };
    }
}
