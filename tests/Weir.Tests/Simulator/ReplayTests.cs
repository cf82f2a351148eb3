using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Weir.Simulator.Records;
using Weir.Simulator.Replay;
using Weir.Testing;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class ReplayTests : IDisposable
{
    private const string Sse = "data: {\"a\":\"grün\"}\n\ndata: {\"a\":\"💧\"}\r\n\r\ndata: [DONE]\n\n";
    private const string Lines = "{\"x\":1}\n{\"x\":2}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ReplayTests()
    {
        File.WriteAllText(Path.Combine(_folder, "plain.jsonl"), Line("one", "text/event-stream", Sse, true) + "\n" + Line("two", "application/json", "{\"ok\":true}", false) + "\n");
        using var packed = new GZipStream(File.Create(Path.Combine(_folder, "packed.jsonl.gz")), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(Line("three", "application/x-ndjson", Lines, true) + "\n" + Line("four", "text/plain", "no", false, 404)));
    }

    public static TheoryData<string> Modes => ["whole", "event", "byte", "random:7", "random.8", "slow:1", "gzip"];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_mode_delivers_the_recorded_bytes_by_path_and_by_header(string mode)
    {
        await using var sim = await StartAsync(new() { ReplayDirectory = _folder });
        foreach (var (id, body) in new[] { ("one", Sse), ("two", "{\"ok\":true}"), ("three", Lines) })
        {
            using var byPath = await sim.Http.PostAsync($"/replay/{id}/{mode}/v1/anything", null, TestContext.Current.CancellationToken);
            Assert.Equal(body, await TextAsync(byPath));
            Assert.Equal(["a=1", "b=2"], byPath.Headers.GetValues("set-cookie"));
            Assert.Equal("kept", byPath.Headers.GetValues("x-kept").Single());

            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
            request.Headers.Add("x-replay-id", id);
            request.Headers.Add("x-replay-mode", mode);
            using var byHeader = await sim.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(body, await TextAsync(byHeader));
        }
    }

    [Fact]
    public async Task A_request_is_found_by_its_exact_path_and_body_and_others_are_simulated()
    {
        await using var sim = await StartAsync(new() { ReplayDirectory = _folder });
        using var match = await sim.Http.PostAsync("/v1/three", new StringContent("body of three"), TestContext.Current.CancellationToken);
        Assert.Equal(Lines, await TextAsync(match));
        using var other = await sim.Http.PostAsync("/v1/three", new StringContent("another body"), TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)other.StatusCode);
        await sim.JsonAsync("/v1/chat/completions", Chat("hi"));
        Assert.Equal(["replay", "replay", "openai.chat"], sim.Server.State.Calls().Select(call => call.Dialect));
    }

    [Fact]
    public async Task A_status_is_kept_and_an_unknown_id_is_not_found()
    {
        await using var sim = await StartAsync(new() { ReplayDirectory = _folder });
        using var four = await sim.Http.GetAsync("/replay/four", TestContext.Current.CancellationToken);
        Assert.Equal((404, "no"), ((int)four.StatusCode, await TextAsync(four)));
        using var none = await sim.Http.GetAsync("/replay/none", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)none.StatusCode);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(9, 3)]
    public async Task A_cut_comes_after_that_many_events(int cut, int seen)
    {
        await using var sim = await StartAsync(new() { ReplayDirectory = _folder });
        using var response = await sim.Http.GetAsync($"/replay/one/cut:{cut}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var (events, clean) = await EventsAsync(response);
        Assert.False(clean);
        Assert.Equal(seen, events.Count);
        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        Assert.Equal(Completion.Cut, sim.Server.State.Calls()[0].Completion);
    }

    [Fact]
    public void Aws_frames_are_split_by_their_own_length()
    {
        byte[] frames = [0, 0, 0, 6, 1, 2, 0, 0, 0, 5, 9, 0, 0];
        Assert.Equal([6, 5, 2], EventSplitter.Split(frames, "application/vnd.amazon.eventstream", true).Select(piece => piece.Length));
    }

    [Fact]
    public async Task The_shared_corpus_is_served_byte_for_byte_in_every_mode()
    {
        var corpus = Shared();
        Assert.SkipWhen(corpus is null, "No recorded corpus: set WEIR_SHARED.");
        using var reader = new ReplayCorpus(corpus!);
        await using var sim = await StartAsync(new() { ReplayDirectory = corpus });
        string[] modes = ["whole", "event", "random:3", "byte"];
        var number = 0;
        foreach (var exchange in reader.Read().Where(exchange => exchange.Stream || exchange.Sequence == 0))
        {
            // Byte by byte only for small bodies, to keep the test short.
            var mode = modes[number++ % modes.Length];
            mode = mode == "byte" && exchange.ResponseBody.Length > 4096 ? "event" : mode;
            using var response = await sim.Http.PostAsync($"/replay/{exchange.Id}/{mode}{exchange.Path}", null, TestContext.Current.CancellationToken);
            Assert.Equal(exchange.Status, (int)response.StatusCode);
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.True(exchange.ResponseBody.Span.SequenceEqual(bytes), $"{exchange.Id} in {mode}");
        }

        Assert.True(number > 1000, $"{number} exchanges");
        Assert.Null(sim.Server.State.Failure);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Shared()
    {
        var shared = Environment.GetEnvironmentVariable("WEIR_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
        return Directory.Exists(Path.Combine(shared, "corpus")) ? Path.Combine(shared, "corpus") : null;
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var plain = response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Line(string id, string type, string body, bool stream, int status = 200) => JsonSerializer.Serialize(new
    {
        id,
        method = "POST",
        path = $"/v1/{id}",
        requestBody = $"body of {id}",
        status,
        responseHeaders = new[] { ["content-type", type], ["x-kept", "kept"], ["content-length", "99999"], ["set-cookie", "a=1"], new[] { "set-cookie", "b=2" } },
        responseBody = body,
        stream,
    });
}
