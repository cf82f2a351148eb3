using System.Text;
using System.Text.Json;
using Weir.Core.Tokens;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Tokens;

public sealed class TokenizersTests(TokenizersFixture fixture) : IClassFixture<TokenizersFixture>
{
    private readonly Tokenizers _tokenizers = fixture.Tokenizers;

    [Fact]
    public void Texts_encode_to_the_tokens_of_the_vendors_own_tokenizer()
    {
        Assert.True(TokenizerVectors.All.Count > 500);
        foreach (var vector in TokenizerVectors.All)
        {
            Assert.Equal((vector.Text, string.Join(',', vector.O200k)), (vector.Text, string.Join(',', _tokenizers.O200k.Encode(vector.Text))));
            Assert.Equal((vector.Text, string.Join(',', vector.Cl100k)), (vector.Text, string.Join(',', _tokenizers.Cl100k.Encode(vector.Text))));
            Assert.Equal(vector.O200k.Length, _tokenizers.O200k.Count(Encoding.UTF8.GetBytes(vector.Text)));
            Assert.Equal(vector.Cl100k.Length, _tokenizers.Cl100k.Count(vector.Text));
        }
    }

    [Fact]
    public void Shared_vectors_encode_to_their_tokens()
    {
        var file = CorpusReader.Folder is { } corpus ? Path.Combine(corpus, "..", "tokenizers", "vectors.sample.jsonl") : "";
        Assert.SkipUnless(File.Exists(file), "The shared tokenizer vectors are not here: set WEIR_SHARED.");
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.GetProperty("text").GetString()!;
            var tokenizer = json.RootElement.GetProperty("encoding").GetString() == "o200k_base" ? _tokenizers.O200k : _tokenizers.Cl100k;
            Assert.Equal(json.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()), tokenizer.Encode(text));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_count_as_replacement_characters()
    {
        byte[] broken = [(byte)'a', 0xFF, (byte)'b', 0xE2, 0x82, (byte)'c', 0xED, 0xA0, 0x80];
        Assert.Equal(_tokenizers.O200k.Count(Encoding.UTF8.GetString(broken)), _tokenizers.O200k.Count(broken));
        Assert.Equal(_tokenizers.O200k.Count("a\uFFFDb"), _tokenizers.O200k.Count("a\uD83Db"));
    }

    [Fact]
    public void Nothing_is_no_tokens()
    {
        Assert.Equal(0, _tokenizers.O200k.Count(ReadOnlySpan<byte>.Empty));
        Assert.Equal(0, _tokenizers.Cl100k.Count(""));
    }

    [Fact]
    public void A_vocabulary_is_counted_by_many_at_once()
    {
        var fresh = new Tokenizers();
        var expected = TokenizerVectors.All.Sum(v => (long)v.O200k.Length);
        var counts = new long[8];
        Parallel.For(0, counts.Length, i => counts[i] = TokenizerVectors.All.Sum(v => fresh.O200k.Count(v.Text)));
        Assert.All(counts, count => Assert.Equal(expected, count));
    }
}
