using System.Text.Json;

namespace Weir.Core.Continuity;

/// <summary>Pieces as bytes for the store.</summary>
internal static class ReasoningPieces
{
    public static byte[] Write(IReadOnlyList<ReasoningPiece> pieces) => JsonSerializer.SerializeToUtf8Bytes([.. pieces], ReasoningJson.Default.ReasoningPieceArray);

    /// <summary>Null when the bytes are of another version.</summary>
    public static ReasoningPiece[]? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ReasoningJson.Default.ReasoningPieceArray);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
