using System.Net.WebSockets;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.GeminiLive;
using Weir.Core.Dialects.OpenAiRealtime;
using Weir.Core.Spine.Sessions;

namespace Weir.Core.Tests.Spine;

/// <summary>What a message of a session costs on its way through: the copy off the wire into the buffer it leaves from.</summary>
public sealed class SessionPumpTests
{
    private const int Rounds = 1_000;
    private static readonly byte[] Delta = Encoding.UTF8.GetBytes(
        $$"""{"type":"response.output_audio.delta","event_id":"event_1","response_id":"resp_1","item_id":"item_1","delta":"{{new string('A', 4000)}}"}""");

    public static TheoryData<string> Dialects => ["client to upstream", "openai-realtime", "gemini-live"];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_message_passes_without_an_allocation_and_from_the_memory_it_was_received_into(string reader)
    {
        using var from = new ScriptedSocket();
        using var to = new ScriptedSocket();
        using var reading = Reader(reader);
        var pulse = new SessionPulse(TimeProvider.System);
        var pump = new SessionPump(from, to, 1 << 20, pulse.Beat, reading).RunAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
            Pass(from, to);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            Pass(from, to);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        from.Push([], isEnd: true, WebSocketMessageType.Close);
        Assert.Null(await pump);
        Assert.Equal((2 * (Rounds + 10), 2L * (Rounds + 10) * Delta.Length), (to.MessagesSent, to.BytesSent));
        Assert.Equal(0, allocated);
    }

    /// <summary>A message in one piece, and one in two.</summary>
    private static void Pass(ScriptedSocket from, ScriptedSocket to)
    {
        Piece(from, to, Delta, isEnd: true);
        Piece(from, to, Delta.AsSpan(0, 2000), isEnd: false);
        Piece(from, to, Delta.AsSpan(2000), isEnd: true);
    }

    private static void Piece(ScriptedSocket from, ScriptedSocket to, ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var received = from.Waiting;
        from.Push(bytes, isEnd);
        if (!to.LastSent.Span.Overlaps(received.Span, out var offset) || offset != 0 || to.LastSent.Length != bytes.Length)
            Assert.Fail("What was sent was not what was received, where it was received.");
    }

    // Settling is for messages that tell of usage; these do not.
    private static SessionReader? Reader(string name) => name switch
    {
        "openai-realtime" => new SessionReader(null!, null!, new OpenAiRealtimeDialect().CreateSessionTap(), null!),
        "gemini-live" => new SessionReader(null!, null!, ((ISessionDialect)new GeminiLiveDialect()).CreateSessionTap(), null!),
        _ => null,
    };
}
