namespace Weir.Core.Tokens;

/// <summary>Which encoding a model reads. Source: the model tables of openai/tiktoken and dotnet/machinelearning, August 2026.</summary>
public static class ModelEncodings
{
    private static readonly string[] O200k = ["gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-oss", "chatgpt-4o", "o1", "o3", "o4", "codex-mini", "computer-use-preview"];
    private static readonly string[] Cl100k = ["gpt-4", "gpt-3.5", "gpt-35", "text-embedding-3", "text-embedding-ada-002"];

    /// <summary>
    /// The encoding, or <see cref="ModelEncoding.None"/>. A maker's prefix (<c>openai/</c>) and a fine-tune's (<c>ft:</c>)
    /// are looked through; dates, sizes and suffixes follow a hyphen, a colon or an at sign.
    /// </summary>
    public static ModelEncoding Find(string model)
    {
        var name = model.AsSpan(model.LastIndexOf('/') + 1);
        if (name.StartsWith("openai.", StringComparison.OrdinalIgnoreCase))
            name = name["openai.".Length..];
        if (name.StartsWith("ft:", StringComparison.OrdinalIgnoreCase))
            name = name["ft:".Length..];
        return Names(O200k, name) ? ModelEncoding.O200k : Names(Cl100k, name) ? ModelEncoding.Cl100k : ModelEncoding.None;
    }

    private static bool Names(string[] families, ReadOnlySpan<char> name)
    {
        foreach (var family in families)
        {
            // gpt-5.2 is of gpt-5's family, gpt-50 would not be.
            if (name.StartsWith(family, StringComparison.OrdinalIgnoreCase) && (name.Length == family.Length || !char.IsAsciiDigit(name[family.Length])))
                return true;
        }

        return false;
    }
}

/// <summary>An encoding that is carried, or none of them.</summary>
public enum ModelEncoding { None, O200k, Cl100k }
