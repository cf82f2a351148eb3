namespace Weir.Cli;

/// <summary>Starts the long-running verbs; implemented by the composition root, so that no other verb loads a server.</summary>
public interface IServerLauncher
{
    /// <summary>Runs the gateway until <paramref name="cancellationToken"/> (first SIGINT or SIGTERM), then drains. Returns an <see cref="ExitCode"/>.</summary>
    /// <exception cref="CliException">It cannot start: says what, where and what to do.</exception>
    Task<int> UpAsync(UpOptions options, CliConsole console, CancellationToken cancellationToken);

    /// <summary>Runs the simulated providers until <paramref name="cancellationToken"/>.</summary>
    /// <exception cref="CliException">It cannot start.</exception>
    Task<int> SimulateAsync(SimulateOptions options, CliConsole console, CancellationToken cancellationToken);
}
