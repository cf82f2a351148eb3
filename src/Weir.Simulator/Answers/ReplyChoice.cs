namespace Weir.Simulator.Answers;

/// <summary>One of the <c>n</c> answers to a request: text or tool calls.</summary>
internal sealed record ReplyChoice(TokenText Text, IReadOnlyList<ToolUse> Calls, FinishReason Finish)
{
    public int Tokens => Text.Count + Calls.Sum(call => call.Tokens);
}
