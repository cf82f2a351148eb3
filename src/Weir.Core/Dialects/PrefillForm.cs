namespace Weir.Core.Dialects;

/// <summary>How an upstream is given the beginning of an answer that its model shall go on from.</summary>
public enum PrefillForm
{
    /// <summary>As the last turn, without a word more (Anthropic Messages, Bedrock Converse, OpenRouter).</summary>
    Plain,

    /// <summary>As the last message with <c>prefix: true</c> (DeepSeek, at its beta address).</summary>
    Prefix,

    /// <summary>The same, and the answer repeats the beginning (Mistral).</summary>
    EchoedPrefix,

    /// <summary>As the last message, with <c>continue_final_message: true</c> and <c>add_generation_prompt: false</c> (vLLM).</summary>
    ContinueFinalMessage,
}
