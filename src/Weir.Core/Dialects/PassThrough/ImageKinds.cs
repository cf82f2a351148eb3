namespace Weir.Core.Dialects.PassThrough;

/// <summary>Names of kinds of images: <c>quality/size</c>, with what OpenAI takes where the request says nothing.</summary>
internal static class ImageKinds
{
    private const int Longest = 32;

    public static string Of(string? quality, string? size) => $"{Word(quality, "standard")}/{Word(size, "1024x1024")}";

    /// <summary>Goes into the ledger, so that no client writes novels there.</summary>
    private static string Word(string? word, string otherwise) => word is null or "" or "auto" ? otherwise : word.Length <= Longest ? word : "other";
}
