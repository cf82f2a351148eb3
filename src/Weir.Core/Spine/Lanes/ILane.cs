using System.Buffers;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>Turns the upstream's stream bytes into the client's, learning usage and end as they pass.</summary>
public interface ILane : IDisposable
{
    ResponseFacts Facts { get; }

    /// <summary>Takes bytes as they arrived (cut anywhere) and appends what the client gets.</summary>
    void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output);

    /// <summary>The upstream closed its stream: appends what is left.</summary>
    void Finish(IBufferWriter<byte> output);
}
