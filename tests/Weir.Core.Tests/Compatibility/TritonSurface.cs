using Weir.Core.Dialects;
using Weir.Core.Dialects.TritonGenerate;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Triton <c>/v2/models/MODEL/generate</c>, with the inputs of its TensorRT-LLM and vLLM backends.</summary>
internal static class TritonSurface
{
    public static ClientSurface Value { get; } = new(new TritonGenerateDialect(), "Triton generate", """{"text_input":"hi"}""",
    [
        new("text_input", """{"text_input":"another"}"""),
        new("max_tokens", """{"max_tokens":100}"""),
        new("parameters.max_tokens", """{"parameters":{"max_tokens":100}}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("top_p", """{"top_p":0.5}"""),
        new("top_k", """{"top_k":5}"""),
        new("random_seed", """{"random_seed":7}"""),
        new("stop_words", """{"stop_words":["x"]}"""),
        new("presence_penalty", """{"presence_penalty":0.5}"""),
        new("frequency_penalty", """{"frequency_penalty":0.5}"""),
        new("repetition_penalty, length_penalty, beam_width", """{"beam_width":2}"""),
        new("bad_words, return_log_probs, return_context_logits", """{"bad_words":["x"]}"""),
        new("exclude_input_in_output: false", """{"exclude_input_in_output":false}"""),
        new("generate_stream", "{}", Head: new CallHead(Operation.Completion, "m", Stream: true)),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ], new CallHead(Operation.Completion, "m", Stream: false));
}
