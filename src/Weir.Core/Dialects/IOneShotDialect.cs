using System.Buffers;
using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>
/// A dialect whose operation is one question and one answer (embeddings, reranking) and can be carried to another dialect
/// that has the same operation. Usage, errors and completeness of the upstream's answer come from its tap.
/// </summary>
public interface IOneShotDialect : IDialect
{
    /// <summary>The operation can be read and written here.</summary>
    bool Translates(Operation operation);

    /// <summary>The client's question. Only called after <see cref="IDialect.ReadFacts"/> accepted the body.</summary>
    OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head);

    /// <summary>The question as a body of this dialect; what has no place is noted or refused.</summary>
    void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes);

    /// <summary>The upstream's answer, or null when the body is not one.</summary>
    OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request);

    /// <summary>The answer as this dialect's clients expect it.</summary>
    void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output);
}
