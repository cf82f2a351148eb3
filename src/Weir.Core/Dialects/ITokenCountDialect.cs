using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>A dialect whose providers count the tokens of a prompt without generating (<see cref="Operation.CountTokens"/>), upstream side.</summary>
public interface ITokenCountDialect
{
    /// <summary>Canon as the body of a count: the prompt as it would be sent, without what the operation does not take.</summary>
    void WriteCountRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes);

    /// <summary>The tokens of the prompt, or null when the answer is no count.</summary>
    long? ReadTokenCount(ReadOnlySpan<byte> body);
}
