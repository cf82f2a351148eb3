using System.Globalization;
using System.Text.Json;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Routing.Records;

/// <summary>
/// The facts a call was routed by, as JSON: enough for <see cref="FactsReader"/> to decide it again. Never content: of what
/// the prompt is about only the words that a rule asked for, of end users and of what keeps calls together only hashes.
/// </summary>
public static class FactsWriter
{
    /// <summary>Writes the member <c>facts</c>.</summary>
    public static void Write(Utf8JsonWriter json, RouteCall call)
    {
        var facts = call.Facts;
        json.WriteStartObject("facts"u8);
        json.WriteString("dialect"u8, call.Dialect.Name);
        json.WriteString("operation"u8, OperationNames.Of(call.Operation));
        WriteCaller(json, call);
        RecordJson.Text(json, "region"u8, call.Region);
        RecordJson.Flag(json, "stream"u8, facts.Stream);
        RecordJson.Flag(json, "tools"u8, facts.HasTools);
        RecordJson.Flag(json, "media"u8, facts.HasMedia);
        json.WriteNumber("promptBytes"u8, facts.PromptTextBytes);
        json.WriteNumber("inputTokens"u8, call.InputTokens);
        RecordJson.Count(json, "messages"u8, facts.MessageCount);
        if (facts.MaxOutputTokens is { } cap)
            json.WriteNumber("maxOutputTokens"u8, cap);
        if (facts.Choices != 1)
            json.WriteNumber("choices"u8, facts.Choices);
        RecordJson.Text(json, "userHash"u8, call.User?.Hash);
        WriteLabels(json, call.Labels);
        WriteNamed(json, call.Named);
        if (call.Content.Read != SignalKinds.None)
            WriteSignals(json, call.Content);
        WriteAffinity(json, call.Affinity);
        json.WriteEndObject();
    }

    private static void WriteCaller(Utf8JsonWriter json, RouteCall call)
    {
        var key = call.Caller.Key;
        json.WriteString("tenant"u8, call.Caller.Tenant);
        RecordJson.Text(json, "team"u8, call.Caller.Team);
        json.WriteString("keyId"u8, key.Id);
        RecordJson.Text(json, "key"u8, key.Name);
        // A key that may use everything is the rule.
        if (key.Models is not ["*"])
            WriteTexts(json, "grants"u8, "grantsOmitted"u8, key.Models);
    }

    private static void WriteLabels(Utf8JsonWriter json, IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count == 0)
            return;
        var count = 0;
        json.WriteStartObject("labels"u8);
        foreach (var (name, value) in labels)
        {
            if (count++ < RecordLimits.Facts)
                json.WriteString(RecordJson.Cut(name, RecordLimits.Name), RecordJson.Cut(value, RecordLimits.Name));
        }
        json.WriteEndObject();
        RecordJson.Count(json, "labelsOmitted"u8, Math.Max(0, count - RecordLimits.Facts));
    }

    /// <summary>Where objects are, not which: their ids are the client's business.</summary>
    private static void WriteNamed(Utf8JsonWriter json, IReadOnlyList<NamedPlace> named)
    {
        if (named.Count == 0)
            return;
        json.WriteStartArray("named"u8);
        for (var i = 0; i < Math.Min(named.Count, RecordLimits.Facts); i++)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, named[i].Object.Kind);
            RecordJson.Text(json, "provider"u8, named[i].Place?.Provider);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        RecordJson.Count(json, "namedOmitted"u8, Math.Max(0, named.Count - RecordLimits.Facts));
    }

    /// <summary>What was read and what was not are told apart: null = nobody could say, absent = nobody asked.</summary>
    private static void WriteSignals(Utf8JsonWriter json, IContentSignals signals)
    {
        json.WriteStartObject("signals"u8);
        if (signals.Read.HasFlag(SignalKinds.Intent))
        {
            json.WriteString("intent"u8, signals.Intent);
            if (signals.Intent is not null)
                json.WriteNumber("intentConfidence"u8, signals.IntentConfidence);
        }
        if (signals.Read.HasFlag(SignalKinds.Difficulty))
        {
            if (signals.Difficulty is { } difficulty)
                json.WriteNumber("difficulty"u8, difficulty);
            else
                json.WriteNull("difficulty"u8);
        }
        if (signals.Read.HasFlag(SignalKinds.Strength))
        {
            if (signals.PrefersStrong is { } strong)
                json.WriteBoolean("strong"u8, strong);
            else
                json.WriteNull("strong"u8);
        }
        if (signals.Read.HasFlag(SignalKinds.Language))
            json.WriteString("language"u8, signals.Language);
        if (signals.Read.HasFlag(SignalKinds.Findings))
            WriteTexts(json, "findings"u8, "findingsOmitted"u8, signals.Findings);
        json.WriteEndObject();
    }

    private static void WriteAffinity(Utf8JsonWriter json, IAffinityKeys affinity)
    {
        if (affinity is { SessionIsKnown: false, Key: null, PrefixesAreKnown: false })
            return;
        json.WriteStartObject("affinity"u8);
        if (affinity is { SessionIsKnown: true, Session: null })
            json.WriteNull("session"u8);
        else if (affinity.SessionIsKnown)
            WriteHash(json, "session"u8, affinity.Session);
        WriteHash(json, "key"u8, affinity.Key);
        if (affinity.PrefixesAreKnown)
        {
            var prefixes = affinity.Prefixes;
            Span<char> hex = stackalloc char[16];
            json.WriteStartArray("prefixes"u8);
            for (var i = 0; i < Math.Min(prefixes.Count, RecordLimits.Facts); i++)
                json.WriteStringValue(Hex(prefixes[i], hex));
            json.WriteEndArray();
            RecordJson.Count(json, "prefixesOmitted"u8, Math.Max(0, prefixes.Count - RecordLimits.Facts));
        }
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong? hash)
    {
        if (hash is { } value)
            json.WriteString(name, Hex(value, stackalloc char[16]));
    }

    private static ReadOnlySpan<char> Hex(ulong value, Span<char> into)
    {
        value.TryFormat(into, out var length, "x16", CultureInfo.InvariantCulture);
        return into[..length];
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> omitted, IReadOnlyCollection<string> texts)
    {
        var count = 0;
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            if (count++ < RecordLimits.Facts)
                json.WriteStringValue(RecordJson.Cut(text, RecordLimits.Name));
        }
        json.WriteEndArray();
        RecordJson.Count(json, omitted, Math.Max(0, count - RecordLimits.Facts));
    }
}
