namespace Weir.Cli;

/// <summary>What <c>weir simulate</c> was asked for.</summary>
/// <param name="Listen">Address, for example <c>127.0.0.1:9090</c>; port 0 takes a free one.</param>
/// <param name="ScriptPath">Script of answers, or null.</param>
/// <param name="ReplayPath">Directory of recorded exchanges, or null.</param>
/// <param name="Json">Print where it listens as one JSON object.</param>
public sealed record SimulateOptions(string Listen, string? ScriptPath, string? ReplayPath, bool Json);
