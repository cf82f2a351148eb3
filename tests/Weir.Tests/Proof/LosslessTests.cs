using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator;
using Weir.Testing.Corpus;
using Weir.Tests.Support;

namespace Weir.Tests.Proof;

/// <summary>
/// Bytes are sacred, over the wire: every recorded exchange of the dialects served here goes through a whole gateway,
/// delivered whole and in random pieces. The upstream must get the client's bytes but for one splice (the usage option),
/// the client the upstream's but for what that splice caused.
/// </summary>
public class LosslessTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim, kind: simulated, baseUrl: "{sim}", unknownObjects: pass}
          - {name: aws, kind: bedrock, baseUrl: "{sim}", allowPrivateNetwork: true, unknownObjects: pass, region: eu-central-1, auth: {aws: {source: environment} } }
          - {name: azure, kind: azure-openai, baseUrl: "{sim}", allowPrivateNetwork: true, unknownObjects: pass, credential: {fromEnv: AZURE_KEY} }
        models:
          - {name: aws, targets: [{provider: aws, model: aws}]}
          - {name: azure, targets: [{provider: azure, model: "azure"}]}
          - {name: "*", targets: [{provider: sim, model: "*"}]}
        """;

    private const string GeminiPath = "/v1beta/models/m:";
    private const string ConversePath = "/model/aws/converse";
    private const string InvokePath = "/model/aws/invoke";
    private const string AzurePath = "/openai/deployments/azure/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai.chat", WeirFixture.ChatPath, "whole")]
    [InlineData("openai.chat", WeirFixture.ChatPath, "random:1")]
    [InlineData("openai.chat", WeirFixture.ChatPath, "random:2")]
    [InlineData("openai.responses,azure.responses", WeirFixture.ResponsesPath, "whole")]
    [InlineData("openai.responses,azure.responses", WeirFixture.ResponsesPath, "random:5")]
    [InlineData("anthropic.messages", WeirFixture.MessagesPath, "whole")]
    [InlineData("anthropic.messages", WeirFixture.MessagesPath, "random:3")]
    [InlineData("openai.embeddings", "/v1/embeddings", "whole")]
    [InlineData("openai.embeddings", "/v1/embeddings", "random:4")]
    [InlineData("gemini.generate,vertex.generate", GeminiPath, "whole")]
    [InlineData("gemini.generate,vertex.generate", GeminiPath, "random:11")]
    [InlineData("bedrock.converse", ConversePath, "whole")]
    [InlineData("bedrock.converse", ConversePath, "random:12")]
    [InlineData("bedrock.invoke", InvokePath, "whole")]
    [InlineData("bedrock.invoke", InvokePath, "random:13")]
    [InlineData("azure.chat", AzurePath + "chat/completions", "whole")]
    [InlineData("azure.chat", AzurePath + "chat/completions", "random:14")]
    [InlineData("azure.embeddings", AzurePath + "embeddings", "whole", 4)]
    [InlineData("openai.completions", "/v1/completions", "random:5")]
    [InlineData("cohere.chat", "/v2/chat", "whole")]
    [InlineData("cohere.chat", "/v2/chat", "random:6")]
    [InlineData("mistral.chat", WeirFixture.ChatPath, "random:7")]
    [InlineData("cohere.embed", "/v2/embed", "whole", 5)]
    [InlineData("cohere.rerank", "/v2/rerank", "whole", 5)]
    [InlineData("openai.rerank", "/v1/rerank", "whole", 3)]
    [InlineData("ollama.chat", "/api/chat", "whole", 5)]
    [InlineData("ollama.chat", "/api/chat", "random:9", 5)]
    [InlineData("ollama.generate", "/api/generate", "random:10", 4)]
    [InlineData("ollama.embed", "/api/embeddings", "whole", 0)]
    public async Task Every_recorded_exchange_passes_unchanged_but_for_the_listed_splices(string api, string path, string mode, int more = 20)
    {
        if (!CorpusReader.IsPresent)
            Assert.Skip(CorpusReader.AbsentReason);
        await using var weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true, ReplayDirectory = CorpusFolder() }, environment: name => name switch
        {
            "AWS_ACCESS_KEY_ID" => "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY" or "AZURE_KEY" => "a-secret-of-some-length",
            _ => null,
        });

        var (passed, failures) = (0, new List<string>());
        // Writer once streamed completions in a shape of its own ({"value":…}) without any end: no answer of this dialect.
        foreach (var exchange in CorpusReader.Read(api).Where(e => api != "openai.completions" || e.Provider != "writer"))
        {
            // A recorder that kept nothing of a stream: no answer to compare.
            if (path == GeminiPath && exchange.DecodedResponseBytes.Length == 0)
                continue;
            var body = exchange.RequestBytes is { Length: > 0 } sent ? sent : Substitute(exchange, path);
            if (await CheckAsync(weir, exchange, path, mode, body) is { } fault)
                failures.Add($"{exchange}: {fault}");
            else
                passed++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{api} {mode}: {passed} passed, {failures.Count} failed");
        Assert.True(failures.Count == 0, $"{passed} passed, {failures.Count} failed:\n" + string.Join('\n', failures.Take(30)));
        Assert.True(passed > more, $"only {passed} exchanges were found");
    }

    private static async Task<string?> CheckAsync(WeirFixture weir, RecordedExchange exchange, string path, string mode, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, UrlOf(exchange, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-replay-id", exchange.Id);
        request.Headers.Add("x-replay-mode", mode);
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var response = await weir.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var answer = await Answer.ReadAsync(response, Cancellation);
        var record = await Eventually.GetAsync(() => Task.FromResult(weir.Simulator.State.Calls() is [.., var last] ? last : null), r => r?.Request is not null, "the request as the upstream got it");
        weir.Simulator.State.Reset();

        return CheckRequest(body, record!.Request!.Body.ToArray(), path)
            ?? CheckAnswer(exchange, answer, HidesUsage(body, path));
    }

    /// <summary>The upstream's bytes are the client's, or the client's with the usage option spliced in at one place.</summary>
    private static string? CheckRequest(byte[] sent, byte[] got, string path)
    {
        if (sent.AsSpan().SequenceEqual(got))
            return HidesUsage(sent, path) ? "the usage option is missing" : null;
        if (!HidesUsage(sent, path))
            return "the request changed";

        var prefix = sent.AsSpan().CommonPrefixLength(got);
        var suffix = 0;
        while (suffix < sent.Length - prefix && suffix < got.Length - prefix && sent[^(suffix + 1)] == got[^(suffix + 1)])
            suffix++;
        var replaced = Encoding.UTF8.GetString(sent, prefix, sent.Length - prefix - suffix);
        if (replaced.Length > 0 && replaced is not ("false" or "null" or "fals") && !replaced.StartsWith('{'))
            return $"more than the usage option changed: '{replaced}'";

        var expected = JsonNode.Parse(sent)!.AsObject();
        if (expected["stream_options"] is JsonObject options)
            options["include_usage"] = true;
        else
            expected["stream_options"] = new JsonObject { ["include_usage"] = true };
        return JsonNode.DeepEquals(expected, JsonNode.Parse(got)) ? null : "the spliced request means something else";
    }

    private static string? CheckAnswer(RecordedExchange exchange, Answer answer, bool hidesUsage)
    {
        // A stream that only says that it failed: another target could have been asked, so it is told as an HTTP error.
        if (exchange is { Stream: true, Status: 200 } && exchange.Tags.Contains("error") && !exchange.Tags.Contains("usage"))
            return answer.Status >= 400 && answer.Body.AsSpan().IndexOf("\"error\""u8) > 0 ? null : $"status {answer.Status} for a failed stream";
        // Azure once told a refusal with status 200: an error is told as one.
        if (exchange is { Stream: false, Status: 200 } && exchange.Tags.Contains("error") && IsError(exchange.DecodedResponseBytes))
            return answer.Status >= 400 && IsError(answer.Body) ? null : $"status {answer.Status} for an error with status 200";
        // A refusal whose content type was not recorded cannot be known for JSON: told anew, with its status and text.
        if (exchange.Status >= 400 && !exchange.ResponseHeaders.Any(h => h[0].Equals("content-type", StringComparison.OrdinalIgnoreCase)))
            return answer.Status == exchange.Status && IsError(answer.Body) ? null : $"status {answer.Status} instead of {exchange.Status}";
        if (exchange.Status != answer.Status)
            return $"status {answer.Status} instead of {exchange.Status}";
        var recorded = exchange.DecodedResponseBytes;
        if (recorded.AsSpan().SequenceEqual(answer.Body))
            return null;
        if (!hidesUsage)
            return $"the answer changed: {recorded.Length} bytes became {answer.Body.Length}: {Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(200, answer.Body.Length)))}";

        // Nobody asked for usage: its extra chunk is hidden and "usage":null cut out; every other frame is the same.
        var expected = Frames(recorded).Where(f => !IsUsageChunk(f)).Select(f => f.Replace(",\"usage\":null", "", StringComparison.Ordinal)).ToList();
        var got = Frames(answer.Body);
        return expected.SequenceEqual(got) ? null : $"frames differ: {expected.Except(got).FirstOrDefault()} became {got.Except(expected).FirstOrDefault()}";
    }

    private static bool IsError(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out _);
    }

    private static bool HidesUsage(byte[] body, string path)
    {
        if (path is not (WeirFixture.ChatPath or "/v1/completions" or AzurePath + "chat/completions"))
            return false;
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return root.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True
            && !(root.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object
                && options.TryGetProperty("include_usage", out var asked) && asked.ValueKind == JsonValueKind.True);
    }

    private static List<string> Frames(byte[] bytes) =>
        [.. Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsUsageChunk(string frame) =>
        frame.Contains("\"choices\":[]", StringComparison.Ordinal) && frame.Contains("\"usage\":{", StringComparison.Ordinal);

    /// <summary>Gemini's and Bedrock's paths say whether to stream; Azure's name a version.</summary>
    private static string UrlOf(RecordedExchange exchange, string path) => path switch
    {
        GeminiPath => path + (exchange.Stream ? "streamGenerateContent?alt=sse" : "generateContent"),
        ConversePath => path + (exchange.Stream ? "-stream" : ""),
        InvokePath => path + (exchange.Stream ? "-with-response-stream" : ""),
        _ when path.StartsWith(AzurePath, StringComparison.Ordinal) => path + "?api-version=2024-10-21",
        _ => path,
    };

    /// <summary>Some recordings lost their request: the answer is asked for with a minimal one.</summary>
    private static byte[] Substitute(RecordedExchange exchange, string path) => Encoding.UTF8.GetBytes(path switch
    {
        GeminiPath => """{"contents":[{"parts":[{"text":"x"}]}]}""",
        ConversePath => """{"messages":[{"role":"user","content":[{"text":"x"}]}]}""",
        InvokePath => """{"messages":[]}""",
        AzurePath + "embeddings" or "/v1/embeddings" => """{"model":"m","input":"x"}""",
        "/v1/completions" => $$$"""{"model":"m","prompt":"x","stream":{{{(exchange.Stream ? "true" : "false")}}},"stream_options":{"include_usage":true}}""",
        "/v2/embed" => """{"model":"m","texts":["x"],"input_type":"search_document"}""",
        "/v2/rerank" or "/v1/rerank" => """{"model":"m","query":"x","documents":["y"]}""",
        "/v2/chat" => $$$"""{"model":"m","messages":[{"role":"user","content":"x"}],"stream":{{{(exchange.Stream ? "true" : "false")}}}}""",
        _ => WeirFixture.Body(path, "m", "x", exchange.Stream, exchange.Stream && path == WeirFixture.ChatPath ? ",\"stream_options\":{\"include_usage\":true}" : ""),
    });

    private static string CorpusFolder() => CorpusReader.Folder!;
}
