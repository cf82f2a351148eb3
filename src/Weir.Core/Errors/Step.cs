namespace Weir.Core.Errors;

/// <summary>The ten steps of a call, in order. See docs/architecture.md.</summary>
public enum Step { Accept = 1, Read, Identify, Route, Admit, Inspect, Dispatch, Relay, Settle, Report }
