using Weir.Cli;
using Weir.Tests.Admin;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Cli;

/// <summary>A simulation that takes long: it says how far it is, and ends when it is told to.</summary>
public sealed class SimulatePolicyTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"weir-{Guid.NewGuid():n}.yaml");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interrupting_it_stops_the_reading_and_says_how_far_it_was(bool terminal)
    {
        await File.WriteAllTextAsync(_file, "models: []\n", TestContext.Current.CancellationToken);
        await using var server = await AdminTestServer.StartAsync(time: TimeProvider.System);
        server.Ledger.Endless = Fixtures.Call(1);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = new CliRun { Color = terminal }.RunAsync(server, interrupt.Token, "simulate-policy", "--config", _file);
        var start = TimeProvider.System.GetTimestamp();
        // Long enough for two lines of progress.
        await Eventually.TrueAsync(() => server.Ledger.Read > 0 && TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(1200), "the simulation to be under way");

        await interrupt.CancelAsync();

        var (exit, output, error) = await running;
        Assert.Equal((ExitCode.Failed, ""), (exit, output));
        Assert.Matches(@"interrupted after [1-9][\d,]* calls", error);
        Assert.Equal(terminal, error.Contains(" calls …", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => server.Ledger.IsStopped, "the gateway to stop reading");
    }

    public void Dispose() => File.Delete(_file);
}
