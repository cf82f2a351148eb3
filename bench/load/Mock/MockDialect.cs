namespace Weir.Load.Mock;

/// <summary>The wire format of an answer, chosen by the request path.</summary>
internal enum MockDialect
{
    OpenAiChat,
    AnthropicMessages,
    OpenAiResponses,
    GeminiGenerate,
}
