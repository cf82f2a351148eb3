using System.Buffers.Text;
using System.Globalization;

namespace Weir.Load.Mock;

/// <summary>
/// What one request asks of the mock. The wishes may stand in a header (`x-mock-chunks: 50`), in the body
/// (`"metadata":{"chunks":"50","pace_ms":"20"}`) or in the prompt itself (`[mock chunks=50 pace_ms=20]`): only the
/// prompt survives every gateway and every translation.
/// </summary>
internal readonly record struct MockOrder(
    MockDialect Dialect, bool Stream, int Chunks, long PaceNanoseconds, long TickNanoseconds, long DelayNanoseconds, int Status)
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <param name="settings">The mock's own defaults.</param>
    /// <param name="head">Request line, headers and the first bytes of the body.</param>
    /// <param name="tail">The last bytes of the body: a serialiser may put `stream` behind a long prompt.</param>
    internal static MockOrder Read(MockSettings settings, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var line = head[..Math.Max(head.IndexOf((byte)'\r'), 0)];
        var stream = IsTrue(head, "\"stream\""u8) || IsTrue(tail, "\"stream\""u8) || line.IndexOf(":streamGenerateContent"u8) >= 0;
        return new MockOrder(
            DialectOf(line),
            stream,
            stream ? (int)Wish(head, "chunks"u8, settings.Chunks) : 0,
            stream ? (long)(Wish(head, "pace"u8, settings.PaceMilliseconds) * NanosecondsPerMillisecond) : 0,
            stream ? (long)(Wish(head, "tick"u8, 0) * NanosecondsPerMillisecond) : 0,
            (long)(Wish(head, "delay"u8, settings.DelayMilliseconds) * NanosecondsPerMillisecond),
            settings.Status);
    }

    private static MockDialect DialectOf(ReadOnlySpan<byte> line) =>
        line.IndexOf("/messages"u8) >= 0 ? MockDialect.AnthropicMessages
        : line.IndexOf("/responses"u8) >= 0 ? MockDialect.OpenAiResponses
        : line.IndexOf("enerateContent"u8) >= 0 ? MockDialect.GeminiGenerate
        : MockDialect.OpenAiChat;

    private static bool IsTrue(ReadOnlySpan<byte> text, ReadOnlySpan<byte> member)
    {
        var at = text.IndexOf(member);
        return at >= 0 && text[(at + member.Length)..].TrimStart(": "u8).StartsWith("true"u8);
    }

    private static double Wish(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, double fallback)
    {
        var at = text.IndexOf(name);
        if (at < 0)
            return fallback;
        var rest = text[(at + name.Length)..];
        if (rest.StartsWith("_ms"u8) || rest.StartsWith("-ms"u8))
            rest = rest[3..];
        return Utf8Parser.TryParse(rest.TrimStart("\\\":= "u8), out double value, out _) ? value : fallback;
    }

    /// <summary>The marker that carries the wishes through any gateway; put it at the start of the prompt.</summary>
    internal static string Marker(int chunks, double paceMilliseconds, double tickMilliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"[mock chunks={chunks} pace_ms={paceMilliseconds} tick_ms={tickMilliseconds}] ");

    /// <summary>
    /// When the next chunk leaves. With a tick, chunks of different streams leave together, as from a provider that
    /// flushes on a timer; without one every chunk is an event of its own, the dearest case for a proxy.
    /// </summary>
    internal long NextDue(long due)
    {
        due += PaceNanoseconds;
        return TickNanoseconds == 0 ? due : (due + TickNanoseconds - 1) / TickNanoseconds * TickNanoseconds;
    }
}
