namespace Weir.Core.Routing.Pools;

/// <summary>What choosing an endpoint may know of a call. No content.</summary>
public sealed record PoolCall
{
    /// <summary>The server's name for the model or adapter.</summary>
    public required string Model { get; init; }

    /// <summary>Hashes of the prompt's beginnings, shortest first (<see cref="Affinity.PromptBlocks.AddBlocks"/>); empty when unknown.</summary>
    public IReadOnlyList<ulong> Blocks { get; init; } = [];

    /// <summary>Length of the prompt in blocks, known or estimated; 0 = unknown.</summary>
    public double Length
    {
        get => field > 0 ? field : Blocks.Count;
        init;
    }

    public PriorityClass Priority { get; init; } = PriorityClass.Normal;

    /// <summary>The answer comes as a stream: its first content tells that the prompt is done with.</summary>
    public bool Streamed { get; init; }
}
