namespace Weir.Cli;

/// <summary>The world as a verb sees it: everything a test replaces.</summary>
public sealed record CliConsole
{
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }

    /// <summary>Colours on <see cref="Out"/>.</summary>
    public bool Color { get; init; }

    /// <summary>Colours on <see cref="Error"/>.</summary>
    public bool ErrorColor { get; init; }

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Transport to the admin API; null = a plain one without proxy.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>The process's own console. NO_COLOR (any value), TERM=dumb and redirection turn colours off.</summary>
    public static CliConsole System()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
        var allowed = string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";
        return new CliConsole
        {
            Out = Console.Out,
            Error = Console.Error,
            Color = allowed && !Console.IsOutputRedirected,
            ErrorColor = allowed && !Console.IsErrorRedirected,
            Variable = Variable,
        };
    }
}
