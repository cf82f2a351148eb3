using System.Net;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>Forms with files are passed on while they arrive: bytes as they were, memory bounded, and errors where they belong.</summary>
public sealed class UploadTests
{
    private const string Path = "/v1/audio/transcriptions";
    internal const string Text = """{"text":"hello","usage":{"type":"tokens","total_tokens":49,"input_tokens":37,"input_token_details":{"text_tokens":0,"audio_tokens":37},"output_tokens":12}}""";

    private static readonly string CredentialFile = WriteCredential();
    internal static readonly (string, string)[] Model = [("model", "hear")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_000, false)]
    [InlineData(3_000_000, true)]
    [InlineData(3_000_000, false)]
    public async Task A_form_reaches_the_upstream_with_only_the_model_renamed(long size, bool modelFirst)
    {
        await using var sink = UploadSink.Start(Text);
        await using var weir = await StartAsync(sink.BaseUrl);
        using var form = new FormBody(size, modelFirst ? Model : null, modelFirst ? [("language", "en")] : Model);

        var answer = await SendAsync(weir, form);

        Assert.Equal((200, Text), (answer.Status, answer.Text));
        Assert.Equal(form.HashWith("\r\n\r\nhear\r\n", "\r\n\r\ngpt-4o-transcribe\r\n"), sink.Hash);
        Assert.Contains($"multipart/form-data; boundary={FormBody.Boundary}", sink.Head, StringComparison.Ordinal);
        Assert.DoesNotContain(weir.Key.Secret, sink.Head, StringComparison.Ordinal);
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal(("transcription", "ok"), (request.Operation, request.Outcome));
        var settled = Assert.Single(attempts).Settlement!;
        Assert.Equal((37, 12, UsageSource.Reported), (settled.Usage.InputAudio, settled.Usage.OutputVisible, settled.UsageSource));
        Assert.Equal((PriceState.Priced, 342_000_000), (settled.PriceState, settled.Cost.Picos));
        Assert.Empty(SpoolFiles(weir));
    }

    [Fact]
    public async Task An_upstream_that_does_not_read_makes_the_client_wait()
    {
        var mayRead = new TaskCompletionSource();
        await using var sink = UploadSink.Start(Text, mayRead.Task);
        await using var weir = await StartAsync(sink.BaseUrl);
        var sent = 0L;
        using var form = new FormBody(64L << 20, Model, onSent: bytes =>
        {
            Volatile.Write(ref sent, bytes);
            return Task.CompletedTask;
        });
        var call = SendAsync(weir, form);

        // The kernel's buffers and ours fill up and then nothing moves: the count stays the same over many looks.
        var (last, still) = (-1L, 0);
        await Eventually.TrueAsync(() =>
        {
            var now = Volatile.Read(ref sent);
            still = now == last && now > 0 ? still + 1 : 0;
            last = now;
            return still > 20;
        }, "the client to be held back", TimeSpan.FromSeconds(30));
        Assert.InRange(last, 1, 40L << 20);
        mayRead.SetResult();
        Assert.Equal(200, (await call).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_cancels_the_upstream()
    {
        await using var sink = UploadSink.Start(Text);
        await using var weir = await StartAsync(sink.BaseUrl);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reached = new TaskCompletionSource();
        using var form = new FormBody(8L << 20, Model, onSent: async sent =>
        {
            if (sent < 4L << 20)
                return;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, leave.Token);
        });
        var call = SendAsync(weir, form, leave.Token);
        await reached.Task.WaitAsync(Cancellation);
        await Eventually.TrueAsync(() => sink.Received > 1 << 20, "bytes at the upstream");

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await Eventually.TrueAsync(() => sink.Ended == 1, "the upstream's connection to end");
        var (request, attempts) = await weir.NewestRecordAsync();
        // The end of the connection may be seen before its cause.
        Assert.Contains(request.Outcome, (string[])["client_gone", "body_incomplete"]);
        Assert.Equal(AttemptOutcome.ClientGone, Assert.Single(attempts).Settlement!.Outcome);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n", "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=a; boundary=b", "--a\r\n", "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=other", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhear\r\n--x--\r\n", "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhear", "invalid_multipart")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--x--\r\n", "missing_field")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhear\r\n--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhear\r\n--x--\r\n", "duplicate_key")]
    [InlineData("multipart/form-data; boundary=x", "", "invalid_multipart")]
    public async Task A_broken_form_is_a_typed_400(string contentType, string body, string code)
    {
        await using var sink = UploadSink.Start(Text);
        await using var weir = await StartAsync(sink.BaseUrl);
        using var content = new StringContent(body);
        content.Headers.Remove("content-type");
        content.Headers.TryAddWithoutValidation("content-type", contentType);

        var answer = await SendAsync(weir, content);

        Assert.Equal((400, code), (answer.Status, answer.Error.GetProperty("code").GetString()));
        Assert.Equal(0, sink.Received);
    }

    [Fact]
    public async Task A_large_form_without_its_end_is_a_typed_400_though_it_was_on_its_way()
    {
        await using var sink = UploadSink.Start(Text);
        await using var weir = await StartAsync(sink.BaseUrl);
        using var form = new FormBody(2 << 20, Model) { IsBroken = true };

        var answer = await SendAsync(weir, form);

        Assert.Equal((400, "invalid_multipart"), (answer.Status, answer.Error.GetProperty("code").GetString()));
        await Eventually.TrueAsync(() => sink.Ended == 1, "the upstream's connection to end");
    }

    [Fact]
    public async Task The_limit_of_uploads_is_its_own()
    {
        await using var sink = UploadSink.Start(Text);
        await using var weir = await StartAsync(sink.BaseUrl, "limits: {maxBody: 64KiB, maxUpload: 2MiB}");
        using var small = new FormBody(1 << 20, Model);
        using var large = new FormBody(3 << 20, Model);

        Assert.Equal(200, (await SendAsync(weir, small)).Status);
        var refused = await SendAsync(weir, large);
        Assert.Equal((413, "body_too_large"), (refused.Status, refused.Error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_small_form_can_go_to_the_next_target_and_a_large_one_cannot()
    {
        await using var good = UploadSink.Start(Text);
        await using var bad = ScriptedUpstream.Start("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"u8.ToArray());
        await using var weir = await StartAsync(bad.BaseUrl, second: good.BaseUrl);
        using var small = new FormBody(20_000, Model);
        using var large = new FormBody(3 << 20, Model);

        var answer = await SendAsync(weir, small);
        Assert.Equal((200, "2"), (answer.Status, answer.Headers["x-weir-attempts"]));
        Assert.Equal(small.HashWith("\r\n\r\nhear\r\n", "\r\n\r\ngpt-4o-transcribe\r\n"), good.Hash);

        var lost = await SendAsync(weir, large);
        Assert.InRange(lost.Status, 500, 502);
        Assert.Single((await weir.RecordOfAsync(lost)).Attempts);
    }

    internal static Task<WeirFixture> StartAsync(Uri upstream, string? server = null, Uri? second = null) => WeirFixture.StartAsync($$"""
        server: {drainTimeout: 0s{{(server is null ? "" : ", " + server)}}}
        providers:
          - {name: one, kind: openai, baseUrl: "{{upstream}}", credential: {fromFile: "{{CredentialFile}}"}, allowPrivateNetwork: true}
          - {name: two, kind: openai, baseUrl: "{{second ?? upstream}}", credential: {fromFile: "{{CredentialFile}}"}, allowPrivateNetwork: true}
        models:
          - {name: hear, targets: [{provider: one, model: gpt-4o-transcribe}{{(second is null ? "" : ", {provider: two, model: gpt-4o-transcribe}")}}]}
        """);

    private static string WriteCredential()
    {
        var file = System.IO.Path.Combine(AppContext.BaseDirectory, "upload-credential.txt");
        File.WriteAllText(file, "sk-upstream-0123456789");
        return file;
    }

    private static string[] SpoolFiles(WeirFixture weir)
    {
        var folder = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(weir.ConfigurationPath)!, "data", "spool");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    internal static async Task<Answer> SendAsync(WeirFixture weir, HttpContent content, CancellationToken cancellationToken = default)
    {
        var token = cancellationToken == default ? Cancellation : cancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content, Version = HttpVersion.Version11 };
        using var response = await weir.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        return await Answer.ReadAsync(response, token);
    }
}
