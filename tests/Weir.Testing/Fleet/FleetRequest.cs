namespace Weir.Testing.Fleet;

/// <summary>One call of a simulated workload.</summary>
/// <param name="ArrivesAt">Seconds from the start.</param>
/// <param name="Blocks">The prompt as a chain of block hashes; each stands for <see cref="SimulatedEngine.BlockTokens"/> tokens.</param>
/// <param name="OutputTokens">Length of the answer.</param>
public sealed record FleetRequest(double ArrivesAt, IReadOnlyList<ulong> Blocks, int OutputTokens);
