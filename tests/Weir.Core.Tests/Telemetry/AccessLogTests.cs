using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Telemetry;
using Xunit;

namespace Weir.Core.Tests.Telemetry;

public sealed class AccessLogTests
{
    private static RequestRecord Call(int number = 1, string model = "gpt-4o") => new()
    {
        Id = $"req_{number}",
        StartedAt = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        Operation = "chat",
        Dialect = "openai-chat",
        Tenant = "acme",
        KeyId = "key_1",
        Model = model,
        Target = "openai/gpt-4o",
        Attempts = 1,
        Status = 200,
        Outcome = "ok",
        Usage = new Usage { InputUncached = 5, CacheRead = 2, OutputVisible = 3 },
        Cost = new Money(1_499_999),
        TimeToFirstToken = TimeSpan.FromMilliseconds(12.9),
        Duration = TimeSpan.FromMilliseconds(345),
    };

    [Fact]
    public async Task Every_call_is_one_json_line_in_order()
    {
        using var output = new MemoryStream();
        await using (var log = new AccessLog(output, AccessLogFormat.Json))
        {
            for (var i = 0; i < 1000; i++)
                log.Write(Call(i));
        }
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"req_{i}"), lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("request_id").GetString()));
        Assert.Equal("""{"time":"2026-11-21T12:00:00+00:00","request_id":"req_0","key_id":"key_1","tenant":"acme","operation":"chat","dialect":"openai-chat","model":"gpt-4o","target":"openai/gpt-4o","stream":false,"input_tokens":7,"output_tokens":3,"cost_micros":1,"price_state":"priced","ttft_ms":12,"duration_ms":345,"attempts":1,"status":200,"outcome":"ok"}""", lines[0]);
    }

    [Theory]
    [InlineData(AccessLogFormat.Json, "\"target\":\"openai/gpt-4o\",\"continued_by\":\"claude/haiku\"")]
    [InlineData(AccessLogFormat.Text, "(cut, continued by claude/haiku)")]
    public async Task A_continued_answer_says_who_went_on(AccessLogFormat format, string part)
    {
        using var output = new MemoryStream();
        await using (var log = new AccessLog(output, format))
            log.Write(Call() with { ContinuedBy = "claude/haiku" });
        Assert.Contains(part, Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stuck_output_drops_lines_and_counts_them_but_never_blocks()
    {
        using var output = new StuckStream();
        var log = new AccessLog(output, AccessLogFormat.Json, capacity: 4);
        log.Write(Call());
        await output.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
            log.Write(Call(i));
        Assert.Equal(6, log.Dropped);
        output.Release.SetResult();
        await log.DisposeAsync();
        Assert.Equal(5, Encoding.UTF8.GetString(output.ToArray()).Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_closed_output_loses_lines_and_nothing_else()
    {
        var output = new MemoryStream();
        await output.DisposeAsync();
        await using var log = new AccessLog(output, AccessLogFormat.Text);
        log.Write(Call());
        await log.DisposeAsync();
        Assert.Equal(1, log.Dropped);
    }

    [Fact]
    public async Task Text_lines_cannot_carry_terminal_commands()
    {
        using var output = new MemoryStream();
        await using (var log = new AccessLog(output, AccessLogFormat.Text))
        {
            log.Write(Call(model: "evil\u001b[2J\nfake line"));
            log.Write(Call(model: new string('x', 5000)));
        }
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(2, text.Count(c => c == '\n'));
        Assert.DoesNotContain('\u001b', text);
        Assert.StartsWith("12:00:00 200 chat       evil?[2J?fake line -> openai/gpt-4o 7+3 tok $0.000001499999 345 ms ok req_1\n", text);
    }

    [Fact]
    public async Task An_error_names_its_reason()
    {
        var call = Call() with { Outcome = "upstream_tls_failed", Reason = "No pinned key.\u001b Compare with tls.pins." };
        foreach (var format in new[] { AccessLogFormat.Json, AccessLogFormat.Text })
        {
            using var output = new MemoryStream();
            await using (var log = new AccessLog(output, format))
                log.Write(call);
            var line = Encoding.UTF8.GetString(output.ToArray());
            Assert.DoesNotContain('\u001b', line);
            if (format == AccessLogFormat.Json)
                Assert.Equal(call.Reason, JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString());
            else
                Assert.EndsWith("upstream_tls_failed req_1 (No pinned key.? Compare with tls.pins.)\n", line);
        }
    }

    [Fact]
    public async Task Off_writes_nothing()
    {
        using var output = new MemoryStream();
        await using (var log = new AccessLog(output, AccessLogFormat.Off))
            log.Write(Call());
        Assert.Equal(0, output.Length);
    }

    private sealed class StuckStream : MemoryStream
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Entered.TrySetResult();
            await Release.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
