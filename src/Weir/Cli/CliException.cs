namespace Weir.Cli;

/// <summary>A verb cannot go on. Printed on standard error as what and why, then the next step; never as a stack trace.</summary>
public sealed class CliException(int exitCode, string code, string message, string? hint = null, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;

    /// <summary>Stable word for scripts (<c>--json</c>).</summary>
    public string Code => code;

    /// <summary>What to do next, or null.</summary>
    public string? Hint => hint;
}
