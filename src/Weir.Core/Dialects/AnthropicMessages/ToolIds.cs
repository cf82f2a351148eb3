using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Tool-call ids of other dialects under Anthropic's rule <c>^[a-zA-Z0-9_-]+$</c> (and at most 64 characters towards the
/// upstream). The mapping is a pure function, so it holds across turns and replicas without any state: legal ids stay,
/// others become <c>weirx_</c> + base64url of their UTF-8 bytes and can be turned back.
/// </summary>
internal static class ToolIds
{
    /// <summary>Longest id sent to an upstream.</summary>
    public const int MaxLength = 64;

    private const string Encoded = "weirx_";
    private const string Hashed = "weirh_";

    /// <summary>For a client: legal and reversible by <see cref="ToOrigin"/>, whatever its length.</summary>
    public static string ToClient(string id)
        => IsLegal(id) && !id.StartsWith(Encoded, StringComparison.Ordinal)
            ? id
            : Encoded + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>The id an answer carried before <see cref="ToClient"/>.</summary>
    public static string ToOrigin(string id)
    {
        if (!id.StartsWith(Encoded, StringComparison.Ordinal) || !Base64Url.IsValid(id.AsSpan(Encoded.Length)))
            return id;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id.AsSpan(Encoded.Length)));
    }

    /// <summary>For an upstream: legal and short; too long ones are hashed (both ends of a call/result pair alike).</summary>
    public static string ToUpstream(string id)
    {
        string legal = ToClient(id);
        return legal.Length <= MaxLength
            ? legal
            : Hashed + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }

    private static bool IsLegal(string id)
    {
        foreach (char c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        }

        return id.Length > 0;
    }
}
