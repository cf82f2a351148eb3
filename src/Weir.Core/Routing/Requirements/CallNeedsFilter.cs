using Weir.Core.Catalog;

namespace Weir.Core.Routing.Requirements;

/// <summary>
/// What the call itself needs, against what the operator declared of a target. What the catalogue says of a model does not
/// count here: it may lag behind the model, and a call that would have been answered must not be refused for it.
/// </summary>
public static class CallNeedsFilter
{
    public const string Name = "capability";
    private const ModelCapabilities Media = ModelCapabilities.ImageInput | ModelCapabilities.AudioInput | ModelCapabilities.DocumentInput;

    public static string? Refuses(Target target, RouteCall call)
    {
        if (!target.CapabilitiesDeclared || target.Capabilities is not { } has)
            return null;
        return call.Facts.HasTools && !has.HasFlag(ModelCapabilities.Tools) ? "the call has tools, which it cannot use"
            : call.Facts.HasMedia && (has & Media) == ModelCapabilities.None ? "the call has media, which it cannot read"
            : null;
    }
}
