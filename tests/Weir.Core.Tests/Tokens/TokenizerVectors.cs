using System.Text.Json;

namespace Weir.Core.Tests.Tokens;

/// <summary>Texts of our own making and what OpenAI's own tokenizer makes of them (eng/tokenizers/vectors.mjs).</summary>
internal sealed record TokenizerVectors(string Text, int[] O200k, int[] Cl100k)
{
    public static IReadOnlyList<TokenizerVectors> All { get; } = Read();

    private static List<TokenizerVectors> Read()
    {
        using var lines = new StreamReader(typeof(TokenizerVectors).Assembly.GetManifestResourceStream("tokens.vectors.jsonl")!);
        var all = new List<TokenizerVectors>();
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            all.Add(new TokenizerVectors(json.RootElement.GetProperty("text").GetString()!, Numbers(json, "o200k"), Numbers(json, "cl100k")));
        }

        return all;
    }

    private static int[] Numbers(JsonDocument json, string name) => [.. json.RootElement.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];
}
