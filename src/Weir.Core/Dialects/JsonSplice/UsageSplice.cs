namespace Weir.Core.Dialects.JsonSplice;

/// <summary>The wish for usage in OpenAI's streams (<c>stream_options.include_usage</c>), asked for on the client's behalf.</summary>
public static class UsageSplice
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] IncludeUsageMember = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] OptionsMember = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();

    /// <summary>Usage is asked for on the client's behalf, and must be hidden from it again.</summary>
    public static bool Injects(RequestFacts facts, UpstreamTarget target) =>
        facts.Stream && !facts.ClientWantsUsage && target.Quirks.SupportsIncludeUsage;

    /// <summary>Adds the edit when <see cref="Injects"/> says so.</summary>
    public static void Plan(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        if (Injects(facts, target))
            splices.Add(AskForUsage(facts));
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
