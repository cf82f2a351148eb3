using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

/// <summary>What an answer says, put together from its events: the invariants of a translation (wire notes §16, rule 6).</summary>
internal sealed record Answer(
    string Text, string Thinking, string Refusal, IReadOnlyList<(string Name, string Arguments)> Calls,
    IReadOnlyList<(string Value, string Vendor)> Signatures, StopReason? Stop, Usage Usage, bool IsEnded, string? Error)
{
    public static Answer Of(IEnumerable<ModelEvent> events)
    {
        var kinds = new Dictionary<int, BlockKind>();
        var texts = new Dictionary<BlockKind, StringBuilder>();
        var calls = new SortedDictionary<int, (string Name, StringBuilder Arguments)>();
        var signatures = new List<(string, string)>();
        StopReason? stop = null;
        Usage usage = default;
        bool ended = false;
        string? error = null;
        foreach (ModelEvent e in events)
        {
            switch (e)
            {
                case ModelEvent.BlockStart start: kinds[start.Block] = start.Kind; break;
                case ModelEvent.TextDelta delta:
                    if (!texts.TryGetValue(kinds[delta.Block], out StringBuilder? text))
                        texts[kinds[delta.Block]] = text = new StringBuilder();
                    text.Append(delta.Text);
                    break;
                case ModelEvent.ToolCallStart call: calls[call.Block] = (call.Name, new StringBuilder()); break;
                case ModelEvent.ToolArgumentsDelta delta: calls[delta.Block].Arguments.Append(delta.Fragment); break;
                case ModelEvent.Signature signature: signatures.Add((signature.Value, signature.Vendor)); break;
                case ModelEvent.UsageUpdate update: usage = update.Usage; break;
                case ModelEvent.Finish finish: stop = finish.Reason; break;
                case ModelEvent.End: ended = true; break;
                case ModelEvent.Error failed: error = failed.Message; break;
                default: break;
            }
        }

        return new Answer(Get(BlockKind.Text), Get(BlockKind.Thinking), Get(BlockKind.Refusal),
            [.. calls.Values.Select(c => (c.Name, Normalised(c.Arguments.ToString())))], signatures, stop, usage, ended, error);

        string Get(BlockKind kind) => texts.TryGetValue(kind, out StringBuilder? text) ? text.ToString() : "";
    }

    /// <summary>Arguments in one spelling; what is no JSON stays as it is, nothing at all is an empty object.</summary>
    public static string Normalised(string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
            return "{}";
        try
        {
            return JsonNode.Parse(arguments)!.ToJsonString();
        }
        catch (System.Text.Json.JsonException)
        {
            return arguments;
        }
    }

    /// <summary>Same content, whatever the usage and signatures.</summary>
    public void AssertSameContent(Answer other, string what)
    {
        Assert.True(Text == other.Text, $"{what}: text\n{Text}\n---\n{other.Text}");
        Assert.True(Calls.SequenceEqual(other.Calls), $"{what}: calls\n{string.Join('\n', Calls)}\n---\n{string.Join('\n', other.Calls)}");
        Assert.True(IsEnded == other.IsEnded, $"{what}: end");
    }
}
