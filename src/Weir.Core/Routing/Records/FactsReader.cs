using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Identity;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Routing.Records;

/// <summary>Decision records → calls that can be decided again: the other side of <see cref="FactsWriter"/>.</summary>
public sealed class FactsReader(DialectTable dialects)
{
    private static readonly FrozenDictionary<string, Operation> Operations = OperationNames.All.ToFrozenDictionary(o => o.Word, o => o.Value, StringComparer.Ordinal);

    /// <summary>The call, or why it cannot be decided again.</summary>
    /// <param name="decision">A decision record.</param>
    /// <param name="at">When the call arrived.</param>
    /// <param name="keyNow">The key of this id as configured now, or null: then the key has the grants it had.</param>
    public (RecordedCall? Call, string? Why) Read(JsonElement decision, DateTimeOffset at, Func<string, VirtualKey?>? keyNow = null)
    {
        if (Member(decision, "facts") is not { ValueKind: JsonValueKind.Object } facts)
            return (null, "its record has no facts: it is of an earlier version, or about objects at a provider");
        if (Text(facts, "dialect") is not { } name || dialects.Find(name) is not { } dialect)
            return (null, "this version does not speak its dialect");
        if (Text(facts, "operation") is not { } word || !Operations.TryGetValue(word, out var operation))
            return (null, "its operation is not routed by rules");
        if (Text(Member(decision, "route"), "asked") is not { } asked || Text(facts, "tenant") is not { } tenant || Text(facts, "keyId") is not { } keyId)
            return (null, "its record is damaged");
        if (Has(facts, "user"))
            return (null, "its record is of an earlier version, which kept end users differently");
        if (asked.Length >= RecordLimits.Name || IsCut(facts))
            return (null, "its record is cut: the call had more labels, grants or findings than are kept");

        var recorded = KeyOf(facts, keyId, tenant, at);
        var signals = new RecordedSignals(Signals(Member(facts, "signals")));
        var affinity = Affinity(Member(facts, "affinity"));
        var user = Text(facts, "userHash") is { } hash ? new RecordedUser(hash) : null;
        return (new RecordedCall(new RouteCall
        {
            Asked = asked,
            Dialect = dialect,
            Operation = operation,
            Caller = new Caller(tenant, recorded.Team, keyNow?.Invoke(keyId) ?? recorded),
            Facts = FactsOf(facts, asked),
            User = user,
            At = at,
            Named = Named(Member(facts, "named")),
            Labels = Labels(Member(facts, "labels")),
            Region = Text(facts, "region"),
            Content = signals,
            Affinity = affinity,
        }, signals, affinity, user), null);
    }

    private static RequestFacts FactsOf(JsonElement facts, string asked) => new()
    {
        Model = asked,
        Stream = Flag(facts, "stream"),
        HasTools = Flag(facts, "tools"),
        HasMedia = Flag(facts, "media"),
        PromptTextBytes = Whole(facts, "promptBytes") ?? 0,
        MessageCount = (int)(Whole(facts, "messages") ?? 0),
        MaxOutputTokens = Whole(facts, "maxOutputTokens"),
        Choices = (int)(Whole(facts, "choices") ?? 1),
    };

    private static VirtualKey KeyOf(JsonElement facts, string id, string tenant, DateTimeOffset at) => new()
    {
        Id = id,
        Name = Text(facts, "key") ?? id,
        Tenant = tenant,
        Team = Text(facts, "team"),
        Hash = default,
        Hint = "",
        CreatedAt = at,
        Models = Member(facts, "grants") is { ValueKind: JsonValueKind.Array } grants ? Texts(grants) : ["*"],
    };

    private static NamedPlace[] Named(JsonElement named) => named.ValueKind != JsonValueKind.Array ? []
        : [.. named.EnumerateArray().Select(n => new NamedPlace(new ObjectMention("", Text(n, "kind") ?? ""), Text(n, "provider") is { } provider ? new AnswerPlace(provider, null) : null))];

    private static Dictionary<string, string> Labels(JsonElement labels) => labels.ValueKind != JsonValueKind.Object ? []
        : labels.EnumerateObject().Where(l => l.Value.ValueKind == JsonValueKind.String).ToDictionary(l => l.Name, l => l.Value.GetString()!, StringComparer.Ordinal);

    private static ContentSignals Signals(JsonElement signals)
    {
        if (signals.ValueKind != JsonValueKind.Object)
            return ContentSignals.Unknown;
        var findings = Member(signals, "findings");
        return new ContentSignals
        {
            Intent = Text(signals, "intent"),
            IntentConfidence = Number(signals, "intentConfidence") ?? 0,
            Difficulty = Number(signals, "difficulty"),
            PrefersStrong = Member(signals, "strong").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            Language = Text(signals, "language"),
            Findings = findings.ValueKind == JsonValueKind.Array ? Texts(findings).ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty,
            Read = (Has(signals, "intent") ? SignalKinds.Intent : 0) | (Has(signals, "difficulty") ? SignalKinds.Difficulty : 0)
                | (Has(signals, "strong") ? SignalKinds.Strength : 0) | (Has(signals, "language") ? SignalKinds.Language : 0) | (Has(signals, "findings") ? SignalKinds.Findings : 0),
        };
    }

    private static RecordedAffinity Affinity(JsonElement affinity)
    {
        var prefixes = Member(affinity, "prefixes");
        return new RecordedAffinity(new AffinityKeys
        {
            Session = Hash(Member(affinity, "session")),
            SessionIsKnown = Has(affinity, "session"),
            Key = Hash(Member(affinity, "key")),
            Prefixes = prefixes.ValueKind == JsonValueKind.Array ? [.. prefixes.EnumerateArray().Select(Hash).OfType<ulong>()] : [],
            PrefixesAreKnown = prefixes.ValueKind == JsonValueKind.Array,
        });
    }

    private static ulong? Hash(JsonElement hash) =>
        hash.ValueKind == JsonValueKind.String && ulong.TryParse(hash.GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    // A rule may hang on what was left out. Prefixes are looked up from the beginning: those that are kept are enough.
    private static bool IsCut(JsonElement facts) =>
        Has(facts, "labelsOmitted") || Has(facts, "grantsOmitted") || Has(facts, "namedOmitted") || Has(Member(facts, "signals"), "findingsOmitted");

    private static string[] Texts(JsonElement texts) => [.. texts.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)];

    private static bool Has(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool Flag(JsonElement element, string name) => Member(element, name).ValueKind == JsonValueKind.True;

    private static long? Whole(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private static double? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;
}
