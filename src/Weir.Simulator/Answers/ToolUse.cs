namespace Weir.Simulator.Answers;

/// <summary>A tool call of the answer. It costs one token for its opening and the tokens of its arguments.</summary>
internal sealed record ToolUse(string Id, string Name, string Json, TokenText Arguments)
{
    public int Tokens => 1 + Arguments.Count;
}
