namespace Weir.Core.Routing.Pools;

/// <summary>What comes first when a pool is full.</summary>
public enum PriorityClass { Low, Normal, High }
