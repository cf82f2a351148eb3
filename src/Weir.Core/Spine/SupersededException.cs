namespace Weir.Core.Spine;

/// <summary>Another attempt of the same call was first to answer.</summary>
public sealed class SupersededException() : IOException("Another attempt of the call answered first.");
