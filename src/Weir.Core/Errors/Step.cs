namespace Weir.Core.Errors;

/// <summary>The ten steps of a call, in order. See docs/architecture.md.</summary>
public enum Step { Accept = 1, Identify, Read, Route, Admit, Inspect, Dispatch, Relay, Settle, Report }
