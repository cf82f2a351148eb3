using Weir.Core.Metering;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Support;

public sealed class FixtureTests
{
    [Theory]
    [InlineData(ChatPath, "chat", false)]
    [InlineData(ChatPath, "chat", true)]
    [InlineData(ChatPath, "messages", false)]
    [InlineData(ChatPath, "messages", true)]
    [InlineData(MessagesPath, "messages", false)]
    [InlineData(MessagesPath, "messages", true)]
    [InlineData(MessagesPath, "chat", false)]
    [InlineData(MessagesPath, "chat", true)]
    public async Task A_call_is_answered_and_settled_with_what_the_simulator_served(string path, string model, bool stream)
    {
        await using var weir = await StartAsync();

        var answer = await weir.CallAsync(path, model, "[[sim tokens=12]] hello", stream);

        Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
        Assert.Equal(stream, answer.HasEndMarker);
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal(("ok", 200, stream), (request.Outcome, request.Status, request.Stream));
        var settled = Assert.Single(attempts).Settlement!;
        Assert.Equal((AttemptOutcome.Ok, UsageSource.Reported), (settled.Outcome, settled.UsageSource));
        var served = weir.Simulator.State.Usage;
        Assert.Equal((served.Input, served.OutputVisible), (settled.Usage.InputUncached, settled.Usage.OutputVisible));
    }
}
