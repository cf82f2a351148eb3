using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>How far a simulation is: a line on a terminal that is overwritten in place, and nothing where nobody looks on.</summary>
internal sealed class PolicyProgress(CliConsole console)
{
    private int _width;

    /// <summary>Calls looked at when it was last said.</summary>
    public long Calls { get; private set; }

    public void Show(long calls)
    {
        Calls = calls;
        if (!console.ErrorColor)
            return;
        var text = $"{Format.Count(calls)} calls …";
        console.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_width > 0)
            console.Error.Write($"\r{new string(' ', _width)}\r");
        _width = 0;
    }
}
