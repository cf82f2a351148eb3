using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Tool call ids in the form the upstream takes: the same id always becomes the same, in calls and in their results.</summary>
internal static class ToolIdForm
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string For(string id, UpstreamQuirks quirks) =>
        !quirks.NineCharacterToolIds || (id.Length == 9 && id.All(char.IsAsciiLetterOrDigit)) ? id
        : string.Create(9, SHA256.HashData(Encoding.UTF8.GetBytes(id)), static (text, hash) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Alphabet[hash[i] % Alphabet.Length];
        });
}
