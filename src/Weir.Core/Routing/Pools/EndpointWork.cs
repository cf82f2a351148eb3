namespace Weir.Core.Routing.Pools;

/// <summary>What is at an endpoint at one moment, from its own words and from what this gateway sent.</summary>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="QueuedBlocks">Blocks of prompt before a next request.</param>
/// <param name="Running">Answers in the making.</param>
/// <param name="CacheUse">Share of the KV cache in use, or null when not known or too old.</param>
public readonly record struct EndpointWork(double Waiting, double QueuedBlocks, double Running, double? CacheUse);
