using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Ids for function calls that have none: Gemini matches results by name and order, every other dialect by id. What is
/// made here is a pure function of the answer (or of the place in the history), so it holds across turns and replicas
/// without state, and is told from real ids by its prefix, so that it never goes to an upstream that did not give it.
/// </summary>
internal static class CallIds
{
    /// <summary>Longest id every dialect takes.</summary>
    private const int MaxLength = 40;

    private const string Made = "gcall_";

    /// <summary>For call number <paramref name="index"/> of an answer. Unique among answers: it is also the key of kept reasoning.</summary>
    public static string ForAnswer(string? responseId, int index, string name, string arguments, string? signature)
    {
        string origin = responseId is { Length: > 0 } ? responseId : $"{name}\n{arguments}\n{signature}";
        string number = index.ToString(CultureInfo.InvariantCulture);
        return responseId is { Length: > 0 } && Made.Length + origin.Length + 1 + number.Length <= MaxLength && IsPlain(origin)
            ? $"{Made}{origin}_{number}"
            : $"{Made}{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 18))}_{number}";
    }

    /// <summary>For a call in a client's history that came back without its id.</summary>
    public static string ForHistory(int turn, int call)
        => string.Create(CultureInfo.InvariantCulture, $"{Made}h{turn}_{call}");

    /// <summary>The id a Gemini upstream itself gave, or null when it gave none.</summary>
    public static string? ForUpstream(string id) => id.Length == 0 || id.StartsWith(Made, StringComparison.Ordinal) ? null : id;

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        }

        return true;
    }
}
