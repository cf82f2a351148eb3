using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Tool-call ids of other dialects under Bedrock's rule <c>[a-zA-Z0-9_-]{1,64}</c>. A pure function, so it holds across
/// turns and replicas: legal ids stay, others become <c>weirx_</c> + base64url and can be turned back.
/// </summary>
internal static class ToolUseIds
{
    private const int MaxLength = 64;
    private const string Encoded = "weirx_";
    private const string Hashed = "weirh_";

    /// <summary>For a client: legal and reversible, whatever its length.</summary>
    public static string ToClient(string id) => IsLegal(id) && !id.StartsWith(Encoded, StringComparison.Ordinal)
        ? id : Encoded + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>The id an answer carried before <see cref="ToClient"/>.</summary>
    public static string ToOrigin(string id) => id.StartsWith(Encoded, StringComparison.Ordinal) && Base64Url.IsValid(id.AsSpan(Encoded.Length))
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id.AsSpan(Encoded.Length))) : id;

    /// <summary>For an upstream: legal and short; too long ones are hashed, call and result alike.</summary>
    public static string ToUpstream(string id)
    {
        var legal = ToClient(id);
        return legal.Length <= MaxLength ? legal : Hashed + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }

    private static bool IsLegal(string id) => id.Length > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
