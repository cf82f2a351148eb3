using Weir.Core.Dialects;
using Weir.Core.Dialects.BedrockConverse;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Bedrock <c>Converse</c> (the types of @aws-sdk/client-bedrock-runtime 3.1162.0).</summary>
internal static class ConverseSurface
{
    private const string Tool = """{"toolSpec":{"name":"f","description":"d","inputSchema":{"json":{"type":"object","properties":{"a":{"type":"string"}}}}}}""";
    private const string Tools = """{"toolConfig":{"tools":[""" + Tool + "]}}";
    private const string Plain = """{"text":"r"}""";

    public static ClientSurface Value { get; } = new(new BedrockConverseDialect(), "Bedrock Converse", User("""{"text":"hi"}"""),
    [
        new("system", """{"system":[{"text":"s"}]}"""),
        new("system: guardContent", """{"system":[{"guardContent":{"text":{"text":"s"}}}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":[{"text":"hi"}]},{"role":"assistant","content":[{"text":"a"}]},{"role":"user","content":[{"text":"b"}]}]}"""),
        new("messages: system", """{"messages":[{"role":"user","content":[{"text":"hi"}]},{"role":"system","content":[{"text":"s"}]}]}"""),
        new("content: toolUse, toolResult", Answered(Plain), Given: Tools),
        new("toolResult.status", Answered(Plain, ""","status":"error" """), Given: Answered(Plain)),
        new("toolResult: json", Answered("""{"json":{"b":1}}"""), Given: Tools),
        new("toolResult: image", Answered("""{"text":"r"},{"image":{"format":"png","source":{"bytes":"<pixel>"}}}"""), Given: Answered(Plain)),
        new("toolResult: document", Answered("""{"text":"r"},{"document":{"format":"pdf","name":"d","source":{"bytes":"JVBERi0="}}}"""), Given: Answered(Plain)),
        new("toolResult: searchResult", Answered("""{"searchResult":{"source":"s","title":"t","content":[{"text":"found"}]}}"""), Given: Tools),
        new("toolResult: video", Answered("""{"text":"r"},{"video":{"format":"mp4","source":{"bytes":"AAAA"}}}"""), Given: Answered(Plain)),
        new("content: reasoningContent.reasoningText", Assistant("""{"reasoningContent":{"reasoningText":{"text":"t"}}},{"text":"a"}"""), Given: Assistant("""{"text":"a"}""")),
        new("reasoningText.signature", Assistant("""{"reasoningContent":{"reasoningText":{"text":"t","signature":"c2ln"}}},{"text":"a"}"""), Given: Assistant("""{"reasoningContent":{"reasoningText":{"text":"t"}}},{"text":"a"}""")),
        new("content: reasoningContent.redactedContent", Assistant("""{"reasoningContent":{"redactedContent":"ZGF0YQ=="}},{"text":"a"}"""), Given: Assistant("""{"text":"a"}""")),
        new("content: image (bytes)", User("""{"text":"hi"},{"image":{"format":"png","source":{"bytes":"<pixel>"}}}""")),
        new("content: image (s3Location)", User("""{"text":"hi"},{"image":{"format":"png","source":{"s3Location":{"uri":"s3://bucket/a.png"}}}}""")),
        new("content: document (bytes)", User("""{"text":"hi"},{"document":{"format":"pdf","name":"d","source":{"bytes":"JVBERi0="}}}""")),
        new("content: document (bytes of text)", User("""{"text":"hi"},{"document":{"format":"md","name":"d","source":{"bytes":"d29yZHM="}}}""")),
        new("content: document (text)", User("""{"text":"hi"},{"document":{"format":"txt","name":"d","source":{"text":"words"}}}""")),
        new("content: document (content)", User("""{"text":"hi"},{"document":{"name":"d","source":{"content":[{"text":"words"}]}}}""")),
        new("content: document (s3Location)", User("""{"text":"hi"},{"document":{"format":"pdf","name":"d","source":{"s3Location":{"uri":"s3://bucket/a.pdf"}}}}""")),
        new("document.context, citations", User("""{"text":"hi"},{"document":{"format":"txt","name":"d","context":"c","citations":{"enabled":true},"source":{"text":"words"}}}"""),
            Given: User("""{"text":"hi"},{"document":{"format":"txt","name":"d","source":{"text":"words"}}}""")),
        new("content: audio", User("""{"text":"hi"},{"audio":{"format":"wav","source":{"bytes":"UklGRg=="}}}""")),
        new("content: video", User("""{"text":"hi"},{"video":{"format":"mp4","source":{"bytes":"AAAA"}}}""")),
        new("content: searchResult", User("""{"text":"hi"},{"searchResult":{"source":"s","title":"t","content":[{"text":"found"}]}}""")),
        new("content: guardContent (text)", User("""{"text":"hi"},{"guardContent":{"text":{"text":"g"}}}""")),
        new("content: guardContent (image)", User("""{"text":"hi"},{"guardContent":{"image":{"format":"png","source":{"bytes":"<pixel>"}}}}""")),
        new("content: citationsContent", Assistant("""{"citationsContent":{"content":[{"text":"a"}],"citations":[{"title":"t"}]}}"""), Given: Assistant("""{"text":"a"}""")),
        new("content: toolAddition, toolRemoval", User("""{"text":"hi"},{"toolAddition":{"tool":{"name":"f"}}}""")),
        new("content: cachePoint", User("""{"text":"hi"},{"cachePoint":{"type":"default"}}""")),
        new("cachePoint.ttl", User("""{"text":"hi"},{"cachePoint":{"type":"default","ttl":"1h"}}"""), Given: User("""{"text":"hi"},{"cachePoint":{"type":"default"}}""")),
        new("system: cachePoint", """{"system":[{"text":"s"},{"cachePoint":{"type":"default"}}]}""", Given: """{"system":[{"text":"s"}]}"""),
        new("inferenceConfig.maxTokens", """{"inferenceConfig":{"maxTokens":100}}"""),
        new("inferenceConfig.temperature", """{"inferenceConfig":{"temperature":0.5}}"""),
        new("inferenceConfig.topP", """{"inferenceConfig":{"topP":0.5}}"""),
        new("inferenceConfig.stopSequences", """{"inferenceConfig":{"stopSequences":["x"]}}"""),
        new("toolConfig.tools: toolSpec", Tools),
        new("toolSpec.strict", """{"toolConfig":{"tools":[{"toolSpec":{"name":"f","strict":true,"inputSchema":{"json":{"type":"object","properties":{},"additionalProperties":false}}}}]}}""",
            Given: """{"toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{},"additionalProperties":false}}}}]}}"""),
        new("toolConfig.tools: cachePoint", """{"toolConfig":{"tools":[""" + Tool + """,{"cachePoint":{"type":"default"}}]}}""", Given: Tools),
        new("toolConfig.tools: systemTool", """{"toolConfig":{"tools":[{"systemTool":{"name":"nova_grounding"}}]}}"""),
        new("toolChoice: auto", Choice("""{"auto":{}}""")),
        new("toolChoice: any", Choice("""{"any":{}}"""), Given: Tools),
        new("toolChoice: tool", Choice("""{"tool":{"name":"f"}}"""), Given: Tools),
        new("outputConfig.textFormat", """{"outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"name":"s","description":"d","schema":"{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}"}}}}}"""),
        new("outputConfig.effort", """{"outputConfig":{"effort":"high"}}""", Given: """{"inferenceConfig":{"maxTokens":8000}}"""),
        new("additionalModelRequestFields.thinking", """{"additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2000}}}""", Given: """{"inferenceConfig":{"maxTokens":8000}}"""),
        new("additionalModelRequestFields.reasoningConfig", """{"additionalModelRequestFields":{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}}""", Given: """{"inferenceConfig":{"maxTokens":8000}}"""),
        new("additionalModelRequestFields.reasoning_effort", """{"additionalModelRequestFields":{"reasoning_effort":"high"}}""", Given: """{"inferenceConfig":{"maxTokens":8000}}"""),
        new("additionalModelRequestFields.top_k", """{"additionalModelRequestFields":{"top_k":5}}"""),
        new("additionalModelRequestFields.anthropic_beta, any other", """{"additionalModelRequestFields":{"anthropic_beta":["b"]}}"""),
        new("additionalModelResponseFieldPaths", """{"additionalModelResponseFieldPaths":["/a"]}"""),
        new("guardrailConfig", """{"guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"}}"""),
        new("promptVariables", """{"promptVariables":{"a":{"text":"b"}}}"""),
        new("requestMetadata", """{"requestMetadata":{"a":"b"}}"""),
        new("performanceConfig", """{"performanceConfig":{"latency":"optimized"}}"""),
        new("serviceTier", """{"serviceTier":{"type":"flex"}}"""),
        new("converse-stream", "{}", Head: new CallHead(Operation.Chat, "m", Stream: true)),
        new("an unknown member", """{"xUnheardOf":1}"""),
    ], new CallHead(Operation.Chat, "m", Stream: false));

    private static string User(string blocks) => """{"messages":[{"role":"user","content":[""" + blocks + "]}]}";

    private static string Assistant(string blocks) =>
        """{"messages":[{"role":"user","content":[{"text":"hi"}]},{"role":"assistant","content":[""" + blocks + """]},{"role":"user","content":[{"text":"b"}]}]}""";

    private static string Answered(string result, string more = "") =>
        """{"toolConfig":{"tools":[""" + Tool + """]},"messages":[{"role":"user","content":[{"text":"hi"}]},""" +
        """{"role":"assistant","content":[{"toolUse":{"toolUseId":"c1","name":"f","input":{"a":"x"}}}]},""" +
        """{"role":"user","content":[{"toolResult":{"toolUseId":"c1","content":[""" + result + "]" + more + "}}]}]}";

    private static string Choice(string choice) => """{"toolConfig":{"tools":[""" + Tool + """],"toolChoice":""" + choice + "}}";
}
