using System.Text.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The only edits a same-dialect chat request gets: the model's name, and the wish for usage in streams.</summary>
internal static class ChatSplices
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] IncludeUsageMember = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] OptionsMember = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();

    /// <summary>Usage is asked for on the client's behalf, and must be hidden from it again.</summary>
    public static bool InjectsUsage(RequestFacts facts, UpstreamTarget target) =>
        facts.Stream && !facts.ClientWantsUsage && target.Quirks.SupportsIncludeUsage;

    public static void Plan(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        var first = splices.Count;
        if (facts.Model != target.Model)
        {
            var name = JsonEncodedText.Encode(target.Model, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            byte[] quoted = [(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"'];
            splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, quoted));
        }

        if (InjectsUsage(facts, target))
            splices.Add(AskForUsage(facts));
        if (splices.Count - first == 2 && splices[first].Offset > splices[first + 1].Offset)
            (splices[first], splices[first + 1]) = (splices[first + 1], splices[first]);
    }

    private static Splice AskForUsage(RequestFacts facts)
    {
        if (facts.IncludeUsageValue.IsPresent)
            return new Splice(facts.IncludeUsageValue.Start, facts.IncludeUsageValue.Length, True);
        if (facts.StreamOptionsHasMembers)
            return new Splice(facts.StreamOptionsValue.Start + 1, 0, IncludeUsageMember);
        return facts.StreamOptionsValue.IsPresent
            ? new Splice(facts.StreamOptionsValue.Start, facts.StreamOptionsValue.Length, Options)
            : new Splice(facts.FirstMemberOffset, 0, OptionsMember);
    }
}
