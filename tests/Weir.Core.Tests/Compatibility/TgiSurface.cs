using Weir.Core.Dialects;
using Weir.Core.Dialects.TgiGenerate;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Text Generation Inference <c>/generate</c> (its GenerateParameters).</summary>
internal static class TgiSurface
{
    public static ClientSurface Value { get; } = new(new TgiGenerateDialect(), "TGI generate", """{"inputs":"hi","parameters":{}}""",
    [
        new("inputs", """{"inputs":"another"}"""),
        new("max_new_tokens", """{"parameters":{"max_new_tokens":100}}"""),
        new("temperature", """{"parameters":{"temperature":0.5}}"""),
        new("top_p", """{"parameters":{"top_p":0.5}}"""),
        new("top_k", """{"parameters":{"top_k":5}}"""),
        new("do_sample", """{"parameters":{"do_sample":true}}"""),
        new("seed", """{"parameters":{"seed":7}}"""),
        new("stop", """{"parameters":{"stop":["x"]}}"""),
        new("frequency_penalty", """{"parameters":{"frequency_penalty":0.5}}"""),
        new("repetition_penalty", """{"parameters":{"repetition_penalty":1.1}}"""),
        new("grammar: json", """{"parameters":{"grammar":{"type":"json","value":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}}"""),
        new("grammar: regex", """{"parameters":{"grammar":{"type":"regex","value":"[a-z]+"}}}"""),
        new("best_of", """{"parameters":{"best_of":2}}"""),
        new("return_full_text", """{"parameters":{"return_full_text":true}}"""),
        new("details", """{"parameters":{"details":true}}""", AnswerOnly: true),
        new("decoder_input_details, top_n_tokens", """{"parameters":{"top_n_tokens":2}}"""),
        new("truncate, typical_p, watermark", """{"parameters":{"watermark":true}}"""),
        new("adapter_id", """{"parameters":{"adapter_id":"a"}}"""),
        new("generate_stream", "{}", Head: new CallHead(Operation.Completion, "m", Stream: true)),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ], new CallHead(Operation.Completion, "m", Stream: false));
}
