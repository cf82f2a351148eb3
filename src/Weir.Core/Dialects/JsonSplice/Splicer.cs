using System.Buffers;

namespace Weir.Core.Dialects.JsonSplice;

/// <summary>
/// Applies splices to a body. The unchanged stretches are handed on as slices of the body, never copied, so every byte
/// that was not meant to change is the client's own (wire notes §16, lane A).
/// </summary>
public static class Splicer
{
    /// <summary>Sorts by offset (insertions at one place keep their order) and refuses what cannot be applied.</summary>
    /// <exception cref="ArgumentException">Splices overlap or lie outside the body: a fault of the dialect that planned them.</exception>
    public static void Prepare(int bodyLength, List<Splice> splices)
    {
        // Insertion sort: stable, and there are hardly ever more than three.
        for (var i = 1; i < splices.Count; i++)
        {
            for (var j = i; j > 0 && splices[j].Offset < splices[j - 1].Offset; j--)
                (splices[j], splices[j - 1]) = (splices[j - 1], splices[j]);
        }

        var end = 0;
        foreach (var splice in splices)
        {
            if (splice.Offset < end || splice.Length < 0 || splice.Length > bodyLength - splice.Offset)
                throw new ArgumentException("Splices overlap or lie outside the body.", nameof(splices));
            end = splice.Offset + splice.Length;
        }
    }

    /// <summary>Length of the body after prepared splices, in bytes.</summary>
    public static long FinalLength(int bodyLength, IReadOnlyList<Splice> splices)
    {
        long length = bodyLength;
        foreach (var splice in splices)
            length += splice.Replacement.Length - splice.Length;
        return length;
    }

    /// <summary>The spliced body as pieces in order: slices of the body and the replacements.</summary>
    public static void AddSegments(ReadOnlyMemory<byte> body, List<Splice> splices, List<ReadOnlyMemory<byte>> segments)
    {
        Prepare(body.Length, splices);
        var at = 0;
        foreach (var splice in splices)
        {
            Add(segments, body[at..splice.Offset]);
            Add(segments, splice.Replacement);
            at = splice.Offset + splice.Length;
        }

        Add(segments, body[at..]);
    }

    /// <summary>Writes the spliced body.</summary>
    public static void Write(ReadOnlySpan<byte> body, List<Splice> splices, IBufferWriter<byte> output)
    {
        Prepare(body.Length, splices);
        var at = 0;
        foreach (var splice in splices)
        {
            output.Write(body[at..splice.Offset]);
            output.Write(splice.Replacement.Span);
            at = splice.Offset + splice.Length;
        }

        output.Write(body[at..]);
    }

    /// <summary>Writes the spliced body to a stream, piece by piece.</summary>
    public static async ValueTask WriteAsync(ReadOnlyMemory<byte> body, List<Splice> splices, Stream output,
        CancellationToken cancellationToken)
    {
        Prepare(body.Length, splices);
        var at = 0;
        foreach (var splice in splices)
        {
            await output.WriteAsync(body[at..splice.Offset], cancellationToken);
            await output.WriteAsync(splice.Replacement, cancellationToken);
            at = splice.Offset + splice.Length;
        }

        await output.WriteAsync(body[at..], cancellationToken);
    }

    private static void Add(List<ReadOnlyMemory<byte>> segments, ReadOnlyMemory<byte> piece)
    {
        if (!piece.IsEmpty)
            segments.Add(piece);
    }
}
