namespace Weir.Core.Configuration;

/// <summary>
/// One thing wrong (or doubtful) in a configuration. Codes are stable: <c>WEIR1xxx</c> syntax and shape, <c>WEIR2xxx</c>
/// references, <c>WEIR3xxx</c> secrets, <c>WEIR4xxx</c> values. Line and column count from 1; 0 when not from a file.
/// </summary>
public sealed record Diagnostic(string Code, Severity Severity, string File, int Line, int Column, string Path, string Message, string? Hint)
{
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Path}: {Message}{(Hint is null ? "" : $" ({Hint})")}";
}

/// <summary>Errors refuse the configuration; warnings do not.</summary>
public enum Severity { Warning, Error }
