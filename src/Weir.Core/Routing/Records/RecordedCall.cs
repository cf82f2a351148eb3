namespace Weir.Core.Routing.Records;

/// <summary>A recorded call as routing sees it again.</summary>
/// <param name="Call">What to decide about.</param>
/// <param name="Signals">Its content signals, which know whether something was missing.</param>
/// <param name="Affinity">Its affinity hashes, which know the same.</param>
/// <param name="User">Its end user, who knows the same; null when the client named none.</param>
public sealed record RecordedCall(RouteCall Call, RecordedSignals Signals, RecordedAffinity Affinity, RecordedUser? User)
{
    /// <summary>
    /// What a decision that was just made about <see cref="Call"/> asked for and did not find in the record, for a person;
    /// null = it had all it asked for.
    /// </summary>
    public string? Missing =>
        Signals.Missing != SignalKinds.None ? $"a rule looks at the content's {Signals.Missing.ToString().ToLowerInvariant()}, which was not looked at then"
        : Affinity.MissesSession ? "a choice goes by the session, which was not looked for in the body then"
        : Affinity.MissesPrefixes ? "a choice goes by the beginning of the prompt, which was not looked at then"
        : User?.MissesId == true ? "a rule looks at the end user's id, of which only a hash is kept"
        : null;
}
