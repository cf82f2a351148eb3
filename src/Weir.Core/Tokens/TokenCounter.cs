using Weir.Core.Canon;
using Weir.Core.Tokens.Calibration;
using Weir.Core.Tokens.Prompts;

namespace Weir.Core.Tokens;

/// <summary>Joins the encodings that are known, the rules of prompts, and what settled calls have taught.</summary>
public sealed class TokenCounter(Tokenizers tokenizers, TokenRatios ratios) : ITokenCounter
{
    /// <summary>Bytes from which a learnt ratio is steadier than another vendor's vocabulary.</summary>
    private const long LongText = 4096;

    public TokenCounter(TimeProvider time)
        : this(new Tokenizers(), new TokenRatios(time))
    {
    }

    /// <inheritdoc/>
    public TokenCount CountText(string model, ReadOnlySpan<byte> utf8) => tokenizers.For(model) is { } tokenizer
        ? new(tokenizer.Count(utf8), TokenBasis.Exact)
        : new(ratios.Find(model, TokenKind.Reply, utf8.Length) ?? tokenizers.O200k.Count(utf8), TokenBasis.Estimated);

    /// <inheritdoc/>
    public TokenCount CountPrompt(string model, ModelRequest request)
    {
        if (tokenizers.For(model) is { } own)
            return new(new ChatPrompt(own, model).Count(request), TokenBasis.Estimated);

        // Another vendor's. A current vocabulary knows scripts and short texts apart; what the model's calls came to knows
        // the vendor's words about tools, and its vocabulary, which shows in long texts.
        var bytes = PromptText.Bytes(request);
        var kind = request.Tools.Count > 0 ? TokenKind.PromptWithTools : TokenKind.Prompt;
        var learnt = kind == TokenKind.PromptWithTools || bytes >= LongText ? ratios.Find(model, kind, bytes) : null;
        var text = learnt ?? new ChatPrompt(tokenizers.O200k, model).CountText(request);
        return new(text + ImageTokens.OfAll(model, request), TokenBasis.Estimated);
    }

    /// <inheritdoc/>
    public long Estimate(string model, TokenKind kind, long utf8Bytes) =>
        ratios.Find(model, kind, utf8Bytes) ?? TokenEstimate.FromBytes(utf8Bytes);

    /// <inheritdoc/>
    public void Learn(string model, TokenKind kind, long utf8Bytes, long tokens) => ratios.Learn(model, kind, utf8Bytes, tokens);
}
