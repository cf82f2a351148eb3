using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration;

/// <summary>Collects everything wrong with one set of documents, so that one run shows all of it.</summary>
public sealed class DiagnosticBag(string file)
{
    private readonly List<Diagnostic> _found = [];

    public string File { get; } = file;

    /// <summary>Where each path of the document stands.</summary>
    public SourceMap Marks { get; } = new();

    public bool HasErrors { get; private set; }

    /// <summary>Reports a mistake at the place the path was read from.</summary>
    public void Add(DiagnosticCode code, string path, string message, string? hint = null) =>
        Add(code, Marks.Find(path), path, message, hint);

    /// <summary>Reports a mistake at a given place.</summary>
    public void Add(DiagnosticCode code, Mark mark, string path, string message, string? hint = null)
    {
        HasErrors |= code.Severity == Severity.Error;
        _found.Add(new Diagnostic(code.Code, code.Severity, File, mark.Line, mark.Column, path, message, hint));
    }

    /// <summary>Something at this path or inside it is already reported as an error.</summary>
    public bool HasErrorsBelow(string path) =>
        _found.Exists(d => d.Severity == Severity.Error && d.Path.StartsWith(path, StringComparison.Ordinal));

    /// <summary>All of them, in reading order; the same input always gives the same list.</summary>
    public IReadOnlyList<Diagnostic> ToList() =>
        [.. _found.OrderBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Path, StringComparer.Ordinal)];
}
