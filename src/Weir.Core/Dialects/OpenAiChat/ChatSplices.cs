using Weir.Core.Dialects.JsonSplice;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The only edits a same-dialect chat request gets: the model's name, and the wish for usage in streams.</summary>
internal static class ChatSplices
{
    public static void Plan(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        var first = splices.Count;
        ModelSplice.Plan(facts, target, splices);
        UsageSplice.Plan(facts, target, splices);
        if (splices.Count - first == 2 && splices[first].Offset > splices[first + 1].Offset)
            (splices[first], splices[first + 1]) = (splices[first + 1], splices[first]);
    }
}
