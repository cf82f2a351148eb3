using Weir.Core.Tokens;

namespace Weir.Core.Tests.Tokens;

/// <summary>One unpacked copy of the vocabularies for a class of tests.</summary>
public sealed class TokenizersFixture
{
    public Tokenizers Tokenizers { get; } = new();
}
