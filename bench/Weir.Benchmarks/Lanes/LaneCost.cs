using System.Buffers;
using System.Diagnostics;
using Weir.Core.Spine.Lanes;

namespace Weir.Benchmarks.Lanes;

/// <summary>
/// What a chunk costs in the lane of one pair: bytes of the provider in, bytes of the client out, one piece per call as
/// paced chunks arrive. Sockets, HTTP and the flush are not in it. A stream's lane is made anew, as for every call.
/// </summary>
internal sealed class LaneCost(LaneSample upstream, LaneSample client)
{
    private readonly ArrayBufferWriter<byte> _output = new(1 << 16);
    private double _nanoseconds = double.MaxValue;

    public LaneSample Upstream => upstream;

    public LaneSample Client => client;

    /// <summary>Nanoseconds per chunk in the best slice: noise of the machine only ever adds.</summary>
    public double Nanoseconds => _nanoseconds;

    /// <summary>Bytes allocated per chunk, the lane's own making included.</summary>
    public double Allocated { get; private set; }

    /// <summary>Runs streams for about so long, and keeps the better figure.</summary>
    /// <exception cref="InvalidOperationException">The lane lost text or the end: its figure would be of something else.</exception>
    public void Measure(TimeSpan slice)
    {
        var streams = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        do
        {
            Stream();
            streams++;
        }
        while (Stopwatch.GetElapsedTime(start) < slice);
        _nanoseconds = Math.Min(_nanoseconds, Stopwatch.GetElapsedTime(start).TotalNanoseconds / streams / LaneSample.Chunks);
        Allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / streams / LaneSample.Chunks;
    }

    private void Stream()
    {
        using var lane = upstream.LaneTo(client);
        var texts = 0;
        foreach (var piece in upstream.Answer)
        {
            _output.ResetWrittenCount();
            lane.Accept(piece, _output);
            texts += _output.WrittenSpan.IndexOf(" water "u8) >= 0 ? 1 : 0;
        }
        _output.ResetWrittenCount();
        lane.Finish(_output);
        if (texts < LaneSample.Chunks || !LaneEnd.IsReached(lane.Facts))
            throw new InvalidOperationException($"{upstream.Name} to {client.Name}: {texts} texts, end reached: {LaneEnd.IsReached(lane.Facts)}.");
    }
}
