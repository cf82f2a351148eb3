using Weir.Core.Canon;

namespace Weir.Core.Tokens;

/// <summary>
/// How many tokens something is, for whoever must know before or without the provider. A model is named as targets are:
/// <c>provider/model</c>. Thread safe.
/// </summary>
public interface ITokenCounter
{
    /// <summary>Tokens of plain text: exact where the model's encoding is known.</summary>
    TokenCount CountText(string model, ReadOnlySpan<byte> utf8);

    /// <summary>Tokens of a whole prompt: text, tools, media, and what the vendor is known to put around them.</summary>
    TokenCount CountPrompt(string model, ModelRequest request);

    /// <summary>Tokens from the size of the text alone: cheap enough for every call, corrected by what calls of the model came to.</summary>
    long Estimate(string model, TokenKind kind, long utf8Bytes);

    /// <summary>A provider reported what text of this size came to. Nothing of the text, the caller or the tenant is kept.</summary>
    void Learn(string model, TokenKind kind, long utf8Bytes, long tokens);
}

/// <summary>What text is part of: prompts carry an overhead, the more with tools, and replies none.</summary>
public enum TokenKind { Prompt, PromptWithTools, Reply }
