using Weir.Core.Configuration;

namespace Weir.Cli;

/// <summary>Stands in until the composition root provides the servers and the configuration loader.</summary>
internal sealed class NotAssembled : IServerLauncher, IConfigurationTool
{
    public Task<int> UpAsync(UpOptions options, CliConsole console, CancellationToken cancellationToken) => throw Failure();

    public Task<int> SimulateAsync(SimulateOptions options, CliConsole console, CancellationToken cancellationToken) => throw Failure();

    public IReadOnlyList<Diagnostic> Check(string path) => throw Failure();

    public string Schema() => throw Failure();

    private static CliException Failure() => new(ExitCode.Failed, "not_available", "this build does not have that part.");
}
