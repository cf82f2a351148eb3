using Weir.Simulator;
using Weir.Testing.Corpus;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Proof;

/// <summary>Recorded images, audio, moderations, files and batches through a whole gateway: the same bytes up and down, whole and in pieces.</summary>
public sealed class MediaLosslessTests
{
    private const string Apis = "openai.images,openai.audio.transcriptions,openai.audio.translations,openai.audio.speech,openai.moderations,openai.files,openai.batches";
    private const string Root = "/v1/";

    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim, kind: simulated, baseUrl: "{sim}", unknownObjects: pass}
        models:
          - {name: "*", targets: [{provider: sim, model: "*"}]}
        """;

    private static readonly string[] Served = ["images/generations", "images/edits", "audio/transcriptions", "audio/translations", "audio/speech", "moderations", "files", "batches"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("whole")]
    [InlineData("random:5")]
    public async Task Every_recorded_exchange_passes_unchanged(string mode)
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        await using var weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true, ReplayDirectory = CorpusReader.Folder });

        var (passed, failures, left) = (0, new List<string>(), new List<string>());
        foreach (var exchange in CorpusReader.Read(Apis))
        {
            var path = exchange.Path[(exchange.Path.IndexOf(Root, StringComparison.Ordinal) + Root.Length)..];
            // What was recorded without its request, or at a path that is another provider's own, cannot be asked again.
            if (!Served.Any(s => path == s || path.StartsWith(s + "/", StringComparison.Ordinal)) || exchange.Provider is "xai" && exchange.Api == "openai.batches"
                || (exchange.Method == "POST" && exchange.RequestBytes is not { Length: > 0 }))
            {
                left.Add(exchange.ToString());
                continue;
            }
            if (await CheckAsync(weir, exchange, Root + path, mode) is { } fault)
                failures.Add($"{exchange}: {fault}");
            else
                passed++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{mode}: {passed} passed, {failures.Count} failed, {left.Count} cannot be asked again:\n{string.Join('\n', left)}");
        Assert.True(failures.Count == 0, $"{passed} passed, {failures.Count} failed:\n" + string.Join('\n', failures.Take(30)));
        Assert.True(passed > 30, $"only {passed} exchanges were found");
    }

    private static async Task<string?> CheckAsync(WeirFixture weir, RecordedExchange exchange, string path, string mode)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), path);
        if (exchange.RequestBytes is { Length: > 0 } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("content-type", exchange.RequestHeaders.First(h => h[0] == "content-type")[1]);
        }
        request.Headers.Add("x-replay-id", exchange.Id);
        request.Headers.Add("x-replay-mode", mode);
        using var response = await weir.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var answer = await Answer.ReadAsync(response, Cancellation);
        if (answer.HasError && answer.Status != exchange.Status)
            return $"{answer}";
        var record = await Eventually.GetAsync(() => Task.FromResult(weir.Simulator.State.Calls() is [.., var last] ? last : null), r => r?.Request is not null, "the request as the upstream got it");
        weir.Simulator.State.Reset();

        if (!record!.Request!.Body.Span.SequenceEqual(exchange.RequestBytes ?? []))
            return "the request changed";
        if (exchange.Status != answer.Status)
            return $"status {answer.Status} instead of {exchange.Status}";
        return answer.Body.AsSpan().SequenceEqual(exchange.DecodedResponseBytes) ? null : $"the answer changed: {exchange.DecodedResponseBytes.Length} bytes became {answer.Body.Length}";
    }
}
