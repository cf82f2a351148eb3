namespace Weir.Core.Dialects;

/// <summary>A writer of answers that later requests may name.</summary>
public interface IKeepableAnswer
{
    /// <summary>The answer's id, and the document to keep; null before its end, and when the client wants nothing kept.</summary>
    (string Id, ReadOnlyMemory<byte> Document)? Kept { get; }
}
