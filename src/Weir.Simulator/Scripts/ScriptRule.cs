using Weir.Simulator.Directives;

namespace Weir.Simulator.Scripts;

internal sealed class ScriptRule(ScriptMatch match, CallDirectives actions)
{
    private long _seen;

    public CallDirectives Actions => actions;

    public bool Takes(string path, string model, string text)
    {
        if (!match.Fits(path, model, text))
        {
            return false;
        }

        var seen = Interlocked.Increment(ref _seen);
        return match.Nth is { } nth ? seen == nth : match.Every is not { } every || seen % every == 0;
    }

    public void Reset() => Interlocked.Exchange(ref _seen, 0);
}
