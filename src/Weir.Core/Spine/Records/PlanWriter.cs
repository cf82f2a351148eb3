using System.Text.Json;
using Weir.Core.Routing;
using Weir.Core.Routing.Records;

namespace Weir.Core.Spine.Records;

/// <summary>What routing made of a call, as JSON: route, steps of the plan, candidates with their scores or what removed them.</summary>
internal static class PlanWriter
{
    /// <summary>Writes <c>route</c>, <c>steps</c>, <c>candidates</c> and what else the plan says.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="asked">The model the client asked for.</param>
    /// <param name="plan">The plan, or null: there was none.</param>
    /// <param name="exchange">The call, or null: none was made.</param>
    public static void Write(Utf8JsonWriter json, string asked, Plan? plan, Exchange? exchange)
    {
        json.WriteStartObject("route"u8);
        RecordJson.Text(json, "asked"u8, asked);
        RecordJson.Text(json, "model"u8, plan?.Model.Name);
        RecordJson.Text(json, "name"u8, plan?.Route?.Name);
        json.WriteEndObject();
        if (plan is null)
            return;
        WriteSteps(json, plan);
        WriteCandidates(json, plan, exchange);
        RecordJson.Flag(json, "panic"u8, plan.Panic);
        WriteShadows(json, plan.Shadows, exchange);
        if (plan.Route?.Overrides is { } overrides)
            WriteOverrides(json, overrides);
    }

    private static void WriteSteps(Utf8JsonWriter json, Plan plan)
    {
        if (plan.Steps.Count == 0)
            return;
        json.WriteStartArray("steps"u8);
        for (var i = 0; i < Math.Min(plan.Steps.Count, RecordLimits.Entries); i++)
        {
            json.WriteStartObject();
            json.WriteString("node"u8, plan.Steps[i].Node);
            RecordJson.Text(json, "choice"u8, plan.Steps[i].Choice, RecordLimits.Sentence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        RecordJson.Count(json, "stepsOmitted"u8, Math.Max(0, plan.Steps.Count - RecordLimits.Entries));
    }

    /// <summary>Those that are left in the order they are tried, then the removed ones.</summary>
    private static void WriteCandidates(Utf8JsonWriter json, Plan plan, Exchange? exchange)
    {
        var (targets, removed) = (plan.Targets, plan.Removed);
        json.WriteStartArray("candidates"u8);
        var kept = Math.Min(targets.Count, RecordLimits.Entries);
        for (var i = 0; i < kept; i++)
        {
            json.WriteStartObject();
            RecordJson.Text(json, "target"u8, targets[i].Target.Name);
            json.WriteString("state"u8, StateOf(exchange, targets[i], first: i == 0));
            json.WriteString("dialect"u8, targets[i].Dialect.Name);
            if (targets[i].Score is { } score)
                WriteScore(json, score);
            json.WriteEndObject();
        }
        var left = Math.Min(removed.Count, RecordLimits.Entries - kept);
        for (var i = 0; i < left; i++)
        {
            json.WriteStartObject();
            RecordJson.Text(json, "target"u8, removed[i].Target);
            json.WriteString("state"u8, StateOf(exchange, plan.Resting, removed[i]));
            json.WriteString("filter"u8, removed[i].Filter);
            RecordJson.Text(json, "reason"u8, removed[i].Reason, RecordLimits.Sentence);
            json.WriteEndObject();
        }
        WriteFurther(json, plan.ContextFallback, "context"u8, exchange);
        WriteFurther(json, plan.ContentFallback, "content"u8, exchange);
        json.WriteEndArray();
        RecordJson.Count(json, "candidatesOmitted"u8, targets.Count - kept + removed.Count - left);
    }

    /// <summary>Targets that are only there for one kind of refusal.</summary>
    private static void WriteFurther(Utf8JsonWriter json, IReadOnlyList<PlannedTarget> targets, ReadOnlySpan<byte> refusal, Exchange? exchange)
    {
        for (var i = 0; i < Math.Min(targets.Count, RecordLimits.Facts); i++)
        {
            json.WriteStartObject();
            RecordJson.Text(json, "target"u8, targets[i].Target.Name);
            json.WriteString("state"u8, StateOf(exchange, targets[i], first: false));
            json.WriteString("dialect"u8, targets[i].Dialect.Name);
            json.WriteString("onlyFor"u8, refusal);
            json.WriteEndObject();
        }
    }

    /// <summary>What rests is asked none the less when nothing else could answer.</summary>
    private static string StateOf(Exchange? exchange, IReadOnlyList<PlannedTarget> resting, RemovedCandidate removed)
    {
        for (var i = 0; exchange is not null && i < resting.Count; i++)
        {
            if (resting[i].Target.Name == removed.Target && WasTried(exchange, resting[i]))
                return StateOf(exchange, resting[i], first: false);
        }
        return "removed";
    }

    /// <summary>A target may have been tried several times, with one credential after another.</summary>
    private static string StateOf(Exchange? exchange, PlannedTarget candidate, bool first) =>
        exchange is null ? first ? "chosen" : "standby"
        : ReferenceEquals(exchange.Current?.Planned, candidate) ? "chosen"
        : exchange.Attempts.Exists(a => a.Error is null && ReferenceEquals(a.Prefill?.Candidate, candidate)) ? "continued"
        : WasTried(exchange, candidate) ? "failed" : "standby";

    private static bool WasTried(Exchange exchange, PlannedTarget candidate)
    {
        foreach (var attempt in exchange.Attempts)
        {
            if (ReferenceEquals(attempt.Planned, candidate) || ReferenceEquals(attempt.Prefill?.Candidate, candidate))
                return true;
        }
        return false;
    }

    private static void WriteScore(Utf8JsonWriter json, TargetScore score)
    {
        json.WriteStartObject("score"u8);
        json.WriteNumber("total"u8, Short(score.Total));
        json.WriteStartArray("parts"u8);
        foreach (var part in score.Parts)
        {
            json.WriteStartObject();
            json.WriteString("by"u8, part.Scorer);
            json.WriteNumber("value"u8, Short(part.Value));
            json.WriteNumber("share"u8, Short(part.Share));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Four decimals are enough to compare by; what is not a number has no place in JSON.</summary>
    private static double Short(double value) => double.IsFinite(value) ? Math.Round(value, 4) : double.IsNaN(value) ? 0 : value > 0 ? double.MaxValue : double.MinValue;

    /// <summary>Copies, by the ids of their own records; one that was dropped has none.</summary>
    private static void WriteShadows(Utf8JsonWriter json, IReadOnlyList<PlannedTarget> shadows, Exchange? exchange)
    {
        if (shadows.Count == 0)
            return;
        json.WriteStartArray("shadows"u8);
        for (var i = 0; i < Math.Min(shadows.Count, RecordLimits.Facts); i++)
        {
            json.WriteStartObject();
            RecordJson.Text(json, "target"u8, shadows[i].Target.Name);
            if (exchange is not null)
                json.WriteString("id"u8, ShadowIds.Of(exchange.Id, i + 1));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Parameters by name: their values are configuration, which the hash stands for.</summary>
    private static void WriteOverrides(Utf8JsonWriter json, RouteOverrides overrides)
    {
        json.WriteStartObject("overrides"u8);
        if (overrides.MaxTokens is { } cap)
            json.WriteNumber("maxTokens"u8, cap);
        if (overrides.MinTemperature is { } min)
            json.WriteNumber("minTemperature"u8, min);
        if (overrides.MaxTemperature is { } max)
            json.WriteNumber("maxTemperature"u8, max);
        if (overrides.Parameters.Count > 0)
        {
            json.WriteStartArray("parameters"u8);
            for (var i = 0; i < Math.Min(overrides.Parameters.Count, RecordLimits.Entries); i++)
                json.WriteStringValue(RecordJson.Cut(overrides.Parameters[i].Name, RecordLimits.Name));
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
