namespace Weir.Testing.Fleet;

/// <summary>One request at an engine.</summary>
public sealed class EngineJob(FleetRequest request)
{
    public FleetRequest Request { get; } = request;

    internal int LeftToPrefill { get; set; } = int.MaxValue;
    internal int InStep { get; set; }
    internal int Generated { get; set; }

    internal bool IsPrefilled => LeftToPrefill == 0;

    /// <summary>Tokens it holds in the KV cache.</summary>
    internal int Tokens => (Request.Blocks.Count * SimulatedEngine.BlockTokens) + Generated;
}
