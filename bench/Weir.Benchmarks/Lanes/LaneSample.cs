using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Spine.Lanes;

namespace Weir.Benchmarks.Lanes;

/// <summary>A dialect in the matrix: a client's request for a stream, and the same answer as a provider of it sends it.</summary>
internal sealed class LaneSample
{
    /// <summary>Text deltas in the answer.</summary>
    public const int Chunks = 200;

    private static readonly UpstreamTarget Target = new("m", UpstreamQuirks.None, 4096);
    private readonly IDialect _dialect;
    private readonly RequestFacts _facts;
    private readonly ResponseShape _shape;

    public LaneSample(string name, IDialect dialect, StreamFraming framing, string request, CallHead head)
    {
        (Name, _dialect) = (name, dialect);
        var body = Encoding.UTF8.GetBytes(request);
        _facts = dialect.ReadFacts(body, head).Facts ?? throw new InvalidOperationException($"The sample request of {name} is refused.");
        _shape = new ResponseShape(Stream: true, IncludeUsage: true, "m", "id-1", 1_760_000_000) { Framing = framing, Request = body, Operation = head.Operation };
        Answer = Write();
    }

    /// <summary>Short name, for the table.</summary>
    public string Name { get; }

    /// <summary>The answer, in pieces as they would arrive: one per event of the model.</summary>
    public IReadOnlyList<byte[]> Answer { get; }

    /// <summary>The lane the gateway would use from this upstream to that client.</summary>
    public ILane LaneTo(LaneSample client)
    {
        var framer = Framers.Create(_shape.Framing);
        if (client != this)
            return new TranslateLane(_dialect.CreateReader(stream: true, Target), client._dialect.CreateResponseWriter(client._shape), framer, keeper: null);
        var tap = _dialect.CreateTap(_facts, Target);
        return tap.MayRewrite ? new RewriteLane(tap, framer) : new NativeLane(tap, framer);
    }

    private List<byte[]> Write()
    {
        var writer = _dialect.CreateResponseWriter(_shape);
        var pieces = new List<byte[]>();
        foreach (var step in Steps())
        {
            var output = new ArrayBufferWriter<byte>();
            writer.Write(step, output);
            if (output.WrittenCount > 0)
                pieces.Add(output.WrittenSpan.ToArray());
        }
        return pieces;
    }

    private static IEnumerable<ModelEvent> Steps()
    {
        yield return new ModelEvent.Start("id-1", "m", 1_760_000_000);
        yield return new ModelEvent.BlockStart(0, BlockKind.Text);
        for (var i = 0; i < Chunks; i++)
            yield return new ModelEvent.TextDelta(0, $" water {i:D4}");
        yield return new ModelEvent.BlockStop(0);
        yield return new ModelEvent.UsageUpdate(new Usage { InputUncached = 64, OutputVisible = Chunks });
        yield return new ModelEvent.Finish(StopReason.EndTurn, null);
        yield return new ModelEvent.End();
    }
}
