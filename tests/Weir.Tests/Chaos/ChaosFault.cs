namespace Weir.Tests.Chaos;

/// <summary>One way for an upstream to fail.</summary>
/// <param name="Name">Part of the model's name, by which the simulator's script recognises it.</param>
/// <param name="Words">What happens, for the page.</param>
/// <param name="Directives">Members of the simulator's rule, as JSON; empty when the upstream is no simulator.</param>
public sealed record ChaosFault(string Name, string Words, string Directives)
{
    /// <summary>Provider prefix.</summary>
    public string Provider { get; init; } = "bad";

    /// <summary>How far time jumps while a call waits; null when nothing is waited for.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>The same while another target or server stands by, where the wait is another one: nothing is set then, and the product's own patience counts.</summary>
    public TimeSpan? StepWithStandby { get => field ?? Step; init; }

    /// <summary>Real time between two jumps.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>The failure comes after content: the client sees it in a stream.</summary>
    public bool AfterContent { get; init; }

    /// <summary>It is no failure: the answer is only late.</summary>
    public bool OnlySlow { get; init; }

    /// <summary>The directives for an upstream of this dialect: Gemini says in the body when to come back, and its first event is content already.</summary>
    public string DirectivesIn(string dialect) => dialect == "gemini"
        ? Directives.Replace("GEMINI", "20", StringComparison.Ordinal).Replace("BEFORE", "0", StringComparison.Ordinal)
        : Directives.Replace(",\"retry-after\":\"GEMINI\"", "", StringComparison.Ordinal).Replace("BEFORE", "1", StringComparison.Ordinal);

    public static IReadOnlyList<ChaosFault> All { get; } =
    [
        new("s429", "429, nothing said about when", "\"status\":429,\"rate-limit\":\"none\""),
        new("s429-after", "429 with `Retry-After: 20`", "\"status\":429,\"rate-limit\":\"none\",\"retry-after\":\"20\""),
        new("s429-reset", "429 with the dialect's own reset (headers; Gemini: `RetryInfo`)", "\"status\":429,\"rate-limit\":\"20s\",\"retry-after\":\"GEMINI\""),
        new("s500", "500", "\"status\":500"),
        new("s502", "502", "\"status\":502"),
        new("s502-html", "502 with a page of HTML", "\"html\":1"),
        new("s503", "503", "\"status\":503,\"rate-limit\":\"none\""),
        new("s503-after", "503 with `Retry-After: 20`", "\"status\":503,\"rate-limit\":\"none\",\"retry-after\":\"20\""),
        new("s529", "529", "\"status\":529,\"rate-limit\":\"none\""),
        new("s401", "401", "\"status\":401"),
        new("s402", "402", "\"status\":402"),
        new("refused", "connection refused", "") { Provider = "refused" },
        new("blackhole", "black hole: no answer to a connection", "") { Provider = "blackhole", Step = TimeSpan.FromSeconds(11) },
        new("tls", "TLS stall: connected, no handshake", "") { Provider = "tls", Step = TimeSpan.FromSeconds(11) },
        new("silent", "connected, request taken, not a byte", "\"silent\":1") { Provider = "slow", Step = TimeSpan.FromSeconds(31) },
        // In small steps: that the client sees its stream begin after two seconds of silence comes well before the time-out.
        new("headers", "headers, then silence", "\"stall\":0") { Provider = "slow", Step = TimeSpan.FromSeconds(3), StepWithStandby = TimeSpan.FromSeconds(31), Pause = TimeSpan.FromMilliseconds(80) },
        new("trickle", "one byte every 3 seconds", "\"chunk\":1,\"pace\":\"3s\"") { Provider = "slow", Step = TimeSpan.FromSeconds(1), StepWithStandby = TimeSpan.FromSeconds(16), Pause = TimeSpan.FromMilliseconds(8) },
        new("reset", "connection reset before content", "\"cut\":BEFORE"),
        new("error-200", "200 with an error for a body", "\"status\":200"),
        new("error-event", "error event before content", "\"error-at\":BEFORE"),
        new("garbage", "an answer that is not of its dialect", "\"html\":1,\"status\":200"),
        new("endless", "endless answer, past the total limit", "\"tokens\":100000,\"pace\":\"1s\"")
        {
            Provider = "long", Step = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(20), AfterContent = true,
        },
        new("slow", "slow start, within the limits", "\"ttft\":\"15s\"") { Step = TimeSpan.FromSeconds(16), OnlySlow = true },
    ];
}
