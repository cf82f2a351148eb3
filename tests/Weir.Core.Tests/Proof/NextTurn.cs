using System.Text.Json.Nodes;
using Weir.Core.Canon;

namespace Weir.Core.Tests.Proof;

/// <summary>The client hands the answer back with its next question: the opaque reasoning state must come back with it.</summary>
internal static class NextTurn
{
    /// <summary>What of the signed state is lost on the way through a client of <paramref name="to"/>, or null.</summary>
    public static string? Difference(List<ModelEvent> events, byte[] written, ProofDialect to)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(Question(JsonNode.Parse(written)!, to.Name).ToJsonString());
        var back = to.Dialect.ReadRequest(body, new TranslationNotes(), to.Head(stream: false)).Messages.SelectMany(m => m.Content).SelectMany(Signed);
        // For clients that do not hand back what sits on a call, the gateway keeps it by the call's id.
        var left = to.Name == "anthropic-messages" ? SealsOfLastWords(events) : [];
        var expected = events.Where(e => e is not ModelEvent.Signature s || !left.Contains(s.Block)).SelectMany(e => Signed(e, to.Dialect.ClientsCarryReasoning));
        return expected.Order(StringComparer.Ordinal).SequenceEqual(back.Order(StringComparer.Ordinal)) ? null : "signatures do not come back";
    }

    /// <summary>Gemini signs its last words; an answer of Anthropic's ends with its words, so that seal alone is left out there.</summary>
    private static HashSet<int> SealsOfLastWords(List<ModelEvent> events)
    {
        var blocks = events.SelectMany(e => e switch
        {
            ModelEvent.BlockStart start => [(start.Block, (BlockKind?)start.Kind)],
            ModelEvent.ToolCallStart call => [(call.Block, (BlockKind?)null)],
            _ => Array.Empty<(int Block, BlockKind? Kind)>(),
        }).ToList();
        var last = blocks.FindLastIndex(b => b.Kind != BlockKind.RedactedThinking);
        return last >= 0 && blocks[last].Kind == BlockKind.Text ? [.. blocks.Skip(last + 1).Select(b => b.Block)] : [];
    }

    /// <summary>The signed state as a client sees it.</summary>
    public static IEnumerable<string> Told(List<ModelEvent> events) => events.SelectMany(e => Signed(e, true)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Signed(ModelEvent e, bool withCalls) => e switch
    {
        ModelEvent.Signature { Value.Length: > 0 } signature => [$"{signature.Vendor} {signature.Value}"],
        ModelEvent.ToolCallStart { CallSignature.Length: > 0 } call when withCalls => [$"{call.Vendor} {call.CallSignature}"],
        _ => [],
    };

    private static IEnumerable<string> Signed(ContentPart part) => part switch
    {
        ContentPart.Thinking { Signature.Length: > 0 } thinking => [$"{thinking.Vendor} {thinking.Signature}"],
        ContentPart.RedactedThinking { Data.Length: > 0 } redacted => [$"{redacted.Vendor} {redacted.Data}"],
        ContentPart.ToolCall { Signature.Length: > 0 } call => [$"{call.Vendor} {call.Signature}"],
        _ => [],
    };

    private static JsonObject Question(JsonNode answer, string dialect)
    {
        JsonNode Kept(JsonNode? part) => part?.DeepClone() ?? new JsonArray();
        JsonArray Conversation(string member, JsonNode kept) =>
            [new JsonObject { ["role"] = "user", [member] = member == "content" && dialect != "bedrock-converse" ? "q" : new JsonArray(new JsonObject { ["text"] = "q" }) }, kept];
        return dialect switch
        {
            "openai-chat" => new JsonObject { ["model"] = "m", ["messages"] = Conversation("content", Kept(answer["choices"]![0]!["message"])) },
            "openai-responses" => new JsonObject
            {
                ["model"] = "m",
                ["input"] = new JsonArray([new JsonObject { ["role"] = "user", ["content"] = "q" }, .. Kept(answer["output"]).AsArray().Select(i => i!.DeepClone())]),
            },
            "anthropic-messages" => new JsonObject
            {
                ["model"] = "m",
                ["max_tokens"] = 9,
                ["messages"] = Conversation("content", new JsonObject { ["role"] = "assistant", ["content"] = Kept(answer["content"]) }),
            },
            "gemini-generate" => new JsonObject { ["contents"] = Conversation("parts", Kept(answer["candidates"]?[0]?["content"] ?? new JsonObject { ["role"] = "model", ["parts"] = new JsonArray() })) },
            "bedrock-converse" => new JsonObject { ["messages"] = Conversation("content", Kept(answer["output"]!["message"])) },
            _ => throw new NotSupportedException(dialect),
        };
    }
}
