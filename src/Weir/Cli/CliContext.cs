namespace Weir.Cli;

/// <summary>What a verb gets when it is built.</summary>
internal sealed record CliContext(CliConsole Console, IServerLauncher Launcher, IConfigurationTool Configuration);
