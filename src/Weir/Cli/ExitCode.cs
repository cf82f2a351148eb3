namespace Weir.Cli;

/// <summary>Exit codes of every verb; scripts rely on them.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command ran and the answer is no: errors in a configuration, no such key or call, a server-side failure.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The running server cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>No token, a wrong one, or not from here.</summary>
    public const int NotAllowed = 4;
}
