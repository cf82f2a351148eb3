using Weir.Core.Tokens.BytePair;

namespace Weir.Core.Tokens;

/// <summary>
/// The encodings that come with the program. A vocabulary is unpacked when it is first asked for, so a gateway that never
/// counts never pays for it.
/// </summary>
public sealed class Tokenizers
{
    private readonly Lazy<Tokenizer> _o200k = new(() => new Tokenizer<O200kSplitter>(Read("o200k_base")));
    private readonly Lazy<Tokenizer> _cl100k = new(() => new Tokenizer<Cl100kSplitter>(Read("cl100k_base")));

    /// <summary>GPT-4o and everything later from OpenAI; gpt-oss for plain text.</summary>
    public Tokenizer O200k => _o200k.Value;

    /// <summary>GPT-4, GPT-3.5, the embedding models.</summary>
    public Tokenizer Cl100k => _cl100k.Value;

    /// <summary>The tokenizer of a model as its provider names it, or null: not one of OpenAI's that is known.</summary>
    public Tokenizer? For(string model) => ModelEncodings.Find(model) switch
    {
        ModelEncoding.O200k => O200k,
        ModelEncoding.Cl100k => Cl100k,
        _ => null,
    };

    private static Vocabulary Read(string name)
    {
        using var data = typeof(Tokenizers).Assembly.GetManifestResourceStream($"Weir.Core.Tokens.Data.{name}.bpe")
            ?? throw new InvalidOperationException($"The program was built without the vocabulary {name}.");
        return Vocabulary.Read(data);
    }
}
