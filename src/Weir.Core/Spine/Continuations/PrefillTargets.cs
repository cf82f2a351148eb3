using Weir.Core.Dialects;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Continuations;

/// <summary>How targets are spoken to when they shall go on from the beginning of an answer.</summary>
public sealed class PrefillTargets(DialectTable dialects)
{
    /// <summary>The target in a dialect that can say so, always translated; null when it does not go on from beginnings.</summary>
    public (PlannedTarget Planned, PrefillForm Form)? Find(PlannedTarget candidate)
    {
        var target = candidate.Target;
        if (!target.TakesPrefill)
            return null;
        if (candidate.Dialect.PrefillFor(target.Provider.Quirks) is { } own)
            return (candidate with { IsNative = false }, own);
        foreach (var (name, url) in target.Provider.Dialects)
        {
            if (dialects.Find(name) is { CanTranslate: true } dialect && dialect.PrefillFor(target.Provider.Quirks) is { } form)
                return (new PlannedTarget(target, dialect, url ?? target.Provider.BaseUrl, IsNative: false) { Score = candidate.Score }, form);
        }
        return null;
    }
}
