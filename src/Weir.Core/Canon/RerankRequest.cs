namespace Weir.Core.Canon;

/// <summary>Documents to be ordered by how well they answer a query.</summary>
public sealed record RerankRequest : OneShotRequest
{
    public required string Query { get; init; }

    /// <summary>Each a string or an object, as the client spelled it.</summary>
    public required IReadOnlyList<RawJson> Documents { get; init; }

    /// <summary>How many of the best to give back, or null for all.</summary>
    public long? TopN { get; init; }

    /// <summary>Give the documents back beside their scores.</summary>
    public bool ReturnDocuments { get; init; }
}
