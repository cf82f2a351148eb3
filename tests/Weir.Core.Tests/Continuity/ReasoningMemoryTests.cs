using Weir.Core.Canon;
using Weir.Core.Continuity;
using Xunit;

namespace Weir.Core.Tests.Continuity;

public sealed class ReasoningMemoryTests
{
    private readonly MemoryState _state = new();

    private ReasoningMemory Memory => new(_state);

    private static readonly ModelEvent[] Turn =
    [
        new ModelEvent.Start("r", "m", null),
        new ModelEvent.BlockStart(0, BlockKind.Thinking),
        new ModelEvent.TextDelta(0, "I should "),
        new ModelEvent.TextDelta(0, "look."),
        new ModelEvent.Signature(0, "sig-1", "anthropic"),
        new ModelEvent.BlockStop(0),
        new ModelEvent.BlockStart(1, BlockKind.RedactedThinking),
        new ModelEvent.Signature(1, "opaque", "anthropic"),
        new ModelEvent.BlockStop(1),
        new ModelEvent.BlockStart(2, BlockKind.Text),
        new ModelEvent.TextDelta(2, "Looking."),
        new ModelEvent.BlockStop(2),
        new ModelEvent.ToolCallStart(3, "call-a", "look"),
        new ModelEvent.BlockStop(3),
        new ModelEvent.BlockStart(4, BlockKind.Thinking),
        new ModelEvent.TextDelta(4, "And there."),
        new ModelEvent.Signature(4, "sig-2", "anthropic"),
        new ModelEvent.BlockStop(4),
        new ModelEvent.ToolCallStart(5, "call-b", "look"),
        new ModelEvent.BlockStop(5),
        new ModelEvent.Finish(StopReason.ToolUse, "tool_use"),
    ];

    private static Message Assistant(params ContentPart[] parts) => new(MessageRole.Assistant, parts);

    private static ContentPart.ToolCall Call(string id) => new ContentPart.ToolCall(id, "look", "{}");

    private void Play(string tenant, params ModelEvent[] events)
    {
        var keeper = new TurnKeeper(Memory, tenant);
        foreach (var e in events)
            keeper.Observe(e);
    }

    private async Task<IReadOnlyList<Message>> RestoreAsync(string tenant, string vendor, params Message[] messages) =>
        (await Memory.RestoreAsync(tenant, vendor, new ModelRequest { Model = "m", Messages = messages }, default)).Messages;

    [Fact]
    public async Task What_a_turn_thought_comes_back_in_its_place()
    {
        Play("acme", Turn);
        var restored = await RestoreAsync("acme", "anthropic", Assistant(new ContentPart.Text("Looking."), Call("call-a"), Call("call-b")));

        Assert.Equal(
        [
            new ContentPart.Thinking("I should look.", "sig-1", "anthropic"),
            new ContentPart.RedactedThinking("opaque", "anthropic"),
            new ContentPart.Text("Looking."),
            Call("call-a"),
            new ContentPart.Thinking("And there.", "sig-2", "anthropic"),
            Call("call-b"),
        ], restored[0].Content);
    }

    [Fact]
    public async Task A_turn_split_over_messages_gets_each_thought_once()
    {
        Play("acme", Turn);
        var restored = await RestoreAsync("acme", "anthropic", Assistant(Call("call-a")), Assistant(Call("call-b")));

        Assert.Equal(3, restored[0].Content.Count);
        Assert.Equal([new ContentPart.Thinking("And there.", "sig-2", "anthropic"), Call("call-b")], restored[1].Content);
    }

    [Fact]
    public async Task Thoughts_the_client_only_saw_give_way_to_the_signed_ones()
    {
        Play("acme", Turn);
        var restored = await RestoreAsync("acme", "anthropic", Assistant(new ContentPart.Thinking("I should look.", null, ""), Call("call-a")));

        Assert.Equal("sig-1", Assert.IsType<ContentPart.Thinking>(restored[0].Content[0]).Signature);
        Assert.Single(restored[0].Content.OfType<ContentPart.Thinking>());
    }

    [Theory]
    [InlineData("other", "anthropic")]
    [InlineData("acme", "google")]
    public async Task Neither_another_tenant_nor_another_vendor_gets_it(string tenant, string vendor)
    {
        Play("acme", Turn);
        var message = Assistant(Call("call-a"));
        var restored = await RestoreAsync(tenant, vendor, message);
        Assert.Equal(message.Content, restored[0].Content);
    }

    [Fact]
    public async Task A_client_that_brought_its_reasoning_keeps_it()
    {
        Play("acme", Turn);
        var message = Assistant(new ContentPart.Thinking("I should look.", "sig-1", "anthropic"), Call("call-a"));
        var restored = await RestoreAsync("acme", "anthropic", message);
        Assert.Same(message.Content, restored[0].Content);
    }

    [Fact]
    public async Task A_signature_on_the_call_itself_comes_back_on_the_call()
    {
        Play("acme", new ModelEvent.ToolCallStart(0, "g-1", "look") { CallSignature = "ts", Vendor = "google" }, new ModelEvent.Finish(StopReason.ToolUse, null));
        var restored = await RestoreAsync("acme", "google", Assistant(Call("g-1")));
        Assert.Equal(new ContentPart.ToolCall("g-1", "look", "{}") { Signature = "ts", Vendor = "google" }, Assert.Single(restored[0].Content));
    }

    [Fact]
    public void Answers_without_calls_or_without_reasoning_leave_nothing_behind()
    {
        Play("acme", [.. Turn.Where(e => e is not ModelEvent.ToolCallStart)]);
        Play("acme", new ModelEvent.ToolCallStart(0, "x", "look"), new ModelEvent.Finish(StopReason.ToolUse, null));
        Assert.Empty(_state.Values);
    }

    private sealed class MemoryState : ITenantState
    {
        public Dictionary<(string, StateKind, string), byte[]> Values { get; } = [];

        public bool Put(string tenant, StateKind kind, string key, ReadOnlySpan<byte> value)
        {
            Values[(tenant, kind, key)] = value.ToArray();
            return true;
        }

        public ValueTask<byte[]?> FindAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken) =>
            new(Values.GetValueOrDefault((tenant, kind, key)));

        public ValueTask<bool> DeleteAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken) =>
            new(Values.Remove((tenant, kind, key)));
    }
}
