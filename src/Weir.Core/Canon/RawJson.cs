using System.Text;

namespace Weir.Core.Canon;

/// <summary>
/// One JSON value kept exactly as its sender spelled it (UTF-8 bytes, no surrounding white space). Tool arguments,
/// schemas and numbers travel this way, because re-spelling them breaks prompt caches and signatures.
/// The memory belongs to the exchange it came from and must not outlive it.
/// </summary>
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>True when there is no value at all (not even <c>null</c>).</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>Makes a value from text that is already valid JSON.</summary>
    public static RawJson FromText(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
