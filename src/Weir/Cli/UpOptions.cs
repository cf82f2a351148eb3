namespace Weir.Cli;

/// <summary>What <c>weir up</c> was asked for.</summary>
/// <param name="ConfigPath">Configuration file, or null for the default one (or none with <paramref name="Demo"/>).</param>
/// <param name="DataDir">Absolute path of the data directory.</param>
/// <param name="Listen">Address of the data listener, or null to leave it to the configuration.</param>
/// <param name="Admin">Address of the admin listener, or null to leave it to the configuration.</param>
/// <param name="Demo">Serve simulated providers, make a key, print a command to try.</param>
/// <param name="Json">Print what started as one JSON object instead of text.</param>
public sealed record UpOptions(string? ConfigPath, string DataDir, string? Listen, string? Admin, bool Demo, bool Json);
