using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;

namespace Weir.Core.Tests.Dialects.BedrockConverse;

/// <summary>What an answer says, put together from its events.</summary>
internal sealed record ConverseAnswerSummary(string Text, string Thinking, string Calls, string Signatures, StopReason? Stop, Usage Usage, bool IsEnded, string? Error)
{
    public static ConverseAnswerSummary Of(IEnumerable<ModelEvent> events)
    {
        var kinds = new Dictionary<int, BlockKind>();
        var (text, thinking, signatures) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var calls = new SortedDictionary<int, (string Name, StringBuilder Arguments)>();
        var (stop, usage, ended, error) = ((StopReason?)null, default(Usage), false, (string?)null);
        foreach (var e in events)
        {
            switch (e)
            {
                case ModelEvent.BlockStart start: kinds[start.Block] = start.Kind; break;
                case ModelEvent.TextDelta delta: (kinds[delta.Block] == BlockKind.Thinking ? thinking : text).Append(delta.Text); break;
                case ModelEvent.ToolCallStart call: calls[call.Block] = (call.Name, new StringBuilder()); break;
                case ModelEvent.ToolArgumentsDelta delta: calls[delta.Block].Arguments.Append(delta.Fragment); break;
                case ModelEvent.Signature signature: signatures.Append(signature.Vendor).Append(':').Append(signature.Value).Append('\n'); break;
                case ModelEvent.UsageUpdate update: usage = update.Usage; break;
                case ModelEvent.Finish finish: stop = finish.Reason; break;
                case ModelEvent.End: ended = true; break;
                case ModelEvent.Error failed: error = failed.Message; break;
                default: break;
            }
        }
        var written = string.Join('\n', calls.Values.Select(c => $"{c.Name}({(c.Arguments.Length == 0 ? "{}" : JsonNode.Parse(c.Arguments.ToString())!.ToJsonString())})"));
        return new ConverseAnswerSummary(text.ToString(), thinking.ToString(), written, signatures.ToString(), stop, usage, ended, error);
    }
}
