using System.Diagnostics;
using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary>The span of one attempt, or nothing when no one listens.</summary>
public readonly struct AttemptSpan
{
    private readonly Activity? _activity;
    private readonly string? _incomingParent;
    private readonly string? _incomingState;

    internal AttemptSpan(Activity? activity, string? incomingParent, string? incomingState)
    {
        _activity = activity;
        _incomingParent = incomingParent;
        _incomingState = incomingState;
    }

    /// <summary><c>traceparent</c> for the upstream request: this span, or what the client sent when nothing is traced here; may be null.</summary>
    public string? TraceParent => _activity is null ? _incomingParent : _activity.Id;

    /// <summary><c>tracestate</c> that goes with it, or null.</summary>
    public string? TraceState => _activity is null ? _incomingState : _activity.TraceStateString;

    /// <summary>Ends the span with the attempt's settlement; once.</summary>
    public void End(LedgerSettlement settlement)
    {
        if (_activity is null)
            return;
        var outcome = AttemptOutcomeNames.Of(settlement.Outcome);
        _activity.SetTag(AttributeNames.Outcome, outcome);
        if (settlement.Status != 0)
            _activity.SetTag(AttributeNames.HttpStatus, settlement.Status);
        if (settlement.ServedModel is not null)
            _activity.SetTag(AttributeNames.ResponseModel, settlement.ServedModel);
        if (settlement.TimeToFirstToken is { } first)
            _activity.SetTag(AttributeNames.ResponseTimeToFirstChunk, first.TotalSeconds);
        _activity.SetTag(AttributeNames.CostPicodollars, settlement.Cost.Picos);
        _activity.SetTag(AttributeNames.PriceState, PriceStateNames.Of(settlement.PriceState));
        UsageTags.Set(_activity, settlement.Usage);
        if (settlement.Outcome != AttemptOutcome.Ok)
        {
            _activity.SetTag(AttributeNames.ErrorType, settlement.ErrorCode ?? outcome);
            _activity.SetStatus(ActivityStatusCode.Error, settlement.ErrorCode ?? outcome);
        }
        _activity.Dispose();
    }
}
