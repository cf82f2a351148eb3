using System.Text.Json.Nodes;
using Weir.Core.Dialects;
using Weir.Core.Spine.Lanes;
using Weir.Core.Tests.Dialects.OpenAiResponses;

namespace Weir.Core.Tests.Proof;

/// <summary>What we emit in an OpenAI dialect against OpenAI's own description of it.</summary>
internal sealed class SchemaProof(OpenApiSchema schema)
{
    private readonly Dictionary<string, string> _events = new(StringComparer.Ordinal);

    /// <summary>True for a dialect that the description covers.</summary>
    public static bool Covers(ProofDialect to, bool stream) => to.Name is "openai-chat" or "openai-responses" || to.Name == "openai-completions" && !stream;

    /// <summary>The first thing that is not as described, or null.</summary>
    public string? Check(byte[] reply, bool stream, ProofDialect to)
    {
        if (!stream)
        {
            return schema.Check(JsonNode.Parse(reply), to.Name switch
            {
                "openai-chat" => "CreateChatCompletionResponse",
                "openai-completions" => "CreateCompletionResponse",
                _ => "Response",
            }).FirstOrDefault();
        }

        string? fault = null;
        using var framer = Framers.Create(to.Framing);
        ReadOnlySpan<byte> input = reply;
        while (fault is null && framer.TryRead(ref input, out var frame))
        {
            if (!frame.Data.IsEmpty && !frame.Data.SequenceEqual("[DONE]"u8))
                fault = CheckFrame(JsonNode.Parse(frame.Data)!, to);
        }

        return fault;
    }

    private string? CheckFrame(JsonNode frame, ProofDialect to)
    {
        if (to.Name == "openai-chat")
            return schema.Check(frame, "CreateChatCompletionStreamResponse").FirstOrDefault();
        var type = (string)frame["type"]!;
        if (!_events.TryGetValue(type, out var name))
            _events[type] = name = schema.EventSchema(type);
        return schema.Check(frame, name).Select(f => $"{type} {f}").FirstOrDefault();
    }
}
