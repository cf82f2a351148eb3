using System.Diagnostics;
using Weir.Core.Dialects;
using Weir.Core.Routing;

namespace Weir.Core.Telemetry;

/// <summary>
/// Spans of calls and attempts. Without a listener every method is a null check. The incoming W3C trace context becomes
/// the call's parent, and each attempt's own context goes upstream.
/// </summary>
public sealed class CallTracer : IDisposable
{
    private readonly ActivitySource _source = new(MetricNames.Source);

    /// <summary>Whether anything listens; callers may skip gathering what only spans need.</summary>
    public bool Enabled => _source.HasListeners();

    /// <summary>Starts the server span of a call. Unreadable <paramref name="traceParent"/> text starts a new trace.</summary>
    public CallSpan StartCall(Operation operation, string dialect, string requestId, string? traceParent, string? traceState)
    {
        if (!_source.HasListeners())
            return new CallSpan(null, traceParent, traceState);
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        var name = OperationNames.Of(operation);
        var activity = _source.StartActivity(name, ActivityKind.Server, parent);
        activity?.SetTag(AttributeNames.OperationName, name);
        activity?.SetTag(AttributeNames.Dialect, dialect);
        activity?.SetTag(AttributeNames.RequestId, requestId);
        return new CallSpan(activity, traceParent, traceState);
    }

    /// <summary>Starts the client span of attempt <paramref name="number"/> (from 1) at <paramref name="target"/>.</summary>
    public AttemptSpan StartAttempt(in CallSpan call, Operation operation, Target target, int number)
    {
        if (call.Activity is null)
            return new AttemptSpan(null, call.TraceParent, call.TraceState);
        var name = OperationNames.Of(operation);
        var activity = _source.StartActivity($"{name} {target.Model}", ActivityKind.Client, call.Activity.Context);
        if (activity is not null)
        {
            activity.SetTag(AttributeNames.OperationName, name);
            activity.SetTag(AttributeNames.ProviderName, target.Provider.TelemetryName);
            activity.SetTag(AttributeNames.RequestModel, target.Model);
            activity.SetTag(AttributeNames.Target, target.Name);
            activity.SetTag(AttributeNames.Attempt, number);
            activity.SetTag(AttributeNames.ServerAddress, target.Provider.BaseUrl.Host);
            activity.SetTag(AttributeNames.ServerPort, target.Provider.BaseUrl.Port);
        }
        return new AttemptSpan(activity, call.TraceParent, call.TraceState);
    }

    public void Dispose() => _source.Dispose();
}
