using Weir.Core.Configuration;

namespace Weir.Hosting;

/// <summary>The process cannot start; the message says why and what to do.</summary>
public sealed class StartException : Exception
{
    public StartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public StartException(IReadOnlyList<Diagnostic> diagnostics)
        : base("The configuration has errors.") => Diagnostics = diagnostics;

    /// <summary>What is wrong with the configuration, when that is the reason.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [];
}
