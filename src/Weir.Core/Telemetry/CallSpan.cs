using System.Diagnostics;
using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary>The span of one call, or nothing when no one listens.</summary>
public readonly struct CallSpan
{
    internal CallSpan(Activity? activity, string? traceParent, string? traceState)
    {
        Activity = activity;
        TraceParent = traceParent;
        TraceState = traceState;
    }

    internal Activity? Activity { get; }

    /// <summary>What the client sent.</summary>
    internal string? TraceParent { get; }
    internal string? TraceState { get; }

    /// <summary>Ends the span with what the call came to; once.</summary>
    public void End(RequestRecord call)
    {
        if (Activity is null)
            return;
        if (call.Model is not null)
        {
            Activity.DisplayName = $"{call.Operation} {call.Model}";
            Activity.SetTag(AttributeNames.RequestModel, call.Model);
        }
        Activity.SetTag(AttributeNames.Tenant, call.Tenant);
        Activity.SetTag(AttributeNames.Team, call.Team);
        Activity.SetTag(AttributeNames.KeyId, call.KeyId);
        Activity.SetTag(AttributeNames.Target, call.Target);
        Activity.SetTag(AttributeNames.Attempts, call.Attempts);
        Activity.SetTag(AttributeNames.HttpStatus, call.Status);
        Activity.SetTag(AttributeNames.Outcome, call.Outcome);
        Activity.SetTag(AttributeNames.CostPicodollars, call.Cost.Picos);
        Activity.SetTag(AttributeNames.PriceState, PriceStateNames.Of(call.PriceState));
        if (call.Stream)
            Activity.SetTag(AttributeNames.RequestStream, true);
        if (call.TimeToFirstToken is { } first)
            Activity.SetTag(AttributeNames.ResponseTimeToFirstChunk, first.TotalSeconds);
        UsageTags.Set(Activity, call.Usage);
        if (call.Outcome != "ok")
        {
            Activity.SetTag(AttributeNames.ErrorType, call.Outcome);
            // A client's own mistake is not an error of the server span (HTTP conventions: 4xx leave status unset).
            if (call.Status >= 500)
                Activity.SetStatus(ActivityStatusCode.Error, call.Outcome);
        }
        Activity.Dispose();
    }
}
