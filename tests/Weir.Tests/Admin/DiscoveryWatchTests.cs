using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Admin;

/// <summary>Providers' lists of models, asked for in the background of a running gateway.</summary>
public sealed class DiscoveryWatchTests : IAsyncDisposable
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: watched, kind: openai-compatible, baseUrl: "{upstream}", allowPrivateNetwork: true, discover: {every: 1h}}
          - {name: left-alone, kind: openai-compatible, baseUrl: "{upstream}", allowPrivateNetwork: true}
        models:
          - {name: chat, targets: [{provider: watched, model: old}]}
        """;

    private readonly JumpingTime _time = new();
    private readonly LogLines _log = new();
    private readonly ScriptedUpstream _upstream;
    private volatile string _answer = List("kept", "old");

    public DiscoveryWatchTests() => _upstream = ScriptedUpstream.Start(async peer =>
    {
        await peer.SendAsync(Encoding.UTF8.GetBytes(_answer));
        peer.Close();
    });

    [Fact]
    public async Task What_appears_and_disappears_is_logged_in_a_line_and_reported()
    {
        await using var weir = await StartAsync();
        await AskedAsync(weir);
        Assert.Equal("Models of watched: its list has 2, 2 of them without a known price, 2 that nothing is known of", Assert.Single(Lines()).Text);
        var asked = _upstream.Peers.Count;
        Assert.Equal(1, asked); // and left-alone was not

        _answer = List("kept", "new\u001b[31m");
        await AskedAsync(weir);
        await Eventually.TrueAsync(() => Lines().Length == 2, "the second line");

        var line = Lines()[1];
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.StartsWith("Models of watched: appeared new", line.Text, StringComparison.Ordinal);
        Assert.EndsWith("disappeared old (served here old)", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line.Text);
        var list = Assert.Single((await RegistryAsync(weir)).GetProperty("providers").EnumerateArray());
        Assert.Equal("old", Assert.Single(list.GetProperty("lastChange").GetProperty("disappeared").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_provider_without_a_list_is_named_once_keeps_what_was_known_and_its_calls_go_on()
    {
        await using var weir = await StartAsync();
        await AskedAsync(weir);

        _answer = "HTTP/1.1 503 Away\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        for (var i = 0; i < 3; i++)
            await AskedAsync(weir);

        Assert.Equal(2, Lines().Length);
        Assert.Equal("Models of watched: no list (answered 503); what was known of it stays, and it is asked again", Lines()[1].Text);
        var list = Assert.Single((await RegistryAsync(weir)).GetProperty("providers").EnumerateArray());
        Assert.Equal(2, list.GetProperty("models").GetArrayLength());
        Assert.Equal("answered 503", list.GetProperty("problem").GetString());
        var target = weir.Host.Snapshots.Current.Models.Find("chat")!.Targets[0];
        Assert.True(weir.Host.Targets.Of(target).AvailabilityAt(_time.GetUtcNow()).IsAvailable);
    }

    [Fact]
    public async Task Questions_come_at_the_interval_give_or_take_a_tenth()
    {
        await using var weir = await StartAsync();
        var first = await AskedAsync(weir);

        _time.Jump(TimeSpan.FromMinutes(53));
        var second = await AskedAsync(weir, TimeSpan.FromMinutes(14));

        Assert.InRange(second - first, TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(68));
        Assert.Equal(2, _upstream.Peers.Count);
    }

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static string List(params string[] models)
    {
        var body = JsonSerializer.Serialize(new { data = models.Select(id => new { id }) });
        return $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    private static async Task<JsonElement> RegistryAsync(WeirFixture weir)
    {
        using var admin = new HttpClient { BaseAddress = weir.Admin };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", weir.AdminToken);
        return JsonDocument.Parse(await admin.GetStringAsync("/admin/v1/models", TestContext.Current.CancellationToken)).RootElement;
    }

    private (LogLevel Level, string Text)[] Lines() => [.. _log.All.Where(l => l.Text.StartsWith("Models of", StringComparison.Ordinal))];

    // One jump for each question: time that passes under way would be time without an answer.
    private async Task<DateTimeOffset> AskedAsync(WeirFixture weir, TimeSpan? after = null)
    {
        DateTimeOffset? At() => weir.Host.Discovery!.Find("watched")?.At;
        var before = At();
        _time.Jump(after ?? TimeSpan.FromMinutes(70));
        await Eventually.TrueAsync(() => At() != before, "an answer");
        // The line follows what is remembered.
        await Eventually.TrueAsync(() => Lines().Length > 0, "a line");
        return At()!.Value;
    }

    private Task<WeirFixture> StartAsync() =>
        WeirFixture.StartAsync(Configuration.Replace("{upstream}", _upstream.BaseUrl.AbsoluteUri, StringComparison.Ordinal), time: _time, logs: _log);
}
