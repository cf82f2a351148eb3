namespace Weir.Core.Dialects;

/// <summary>Replace <paramref name="Length"/> bytes at <paramref name="Offset"/> of the client's body by <paramref name="Replacement"/> (length 0 = insert).</summary>
public readonly record struct Splice(int Offset, int Length, ReadOnlyMemory<byte> Replacement);
