namespace Weir.Cli.Setup;

/// <summary>A settings file as it will be written.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Before">Its text now; null when there is none.</param>
/// <param name="After">Its text with the gateway in it.</param>
internal sealed record FileChange(string Path, string? Before, string After);
