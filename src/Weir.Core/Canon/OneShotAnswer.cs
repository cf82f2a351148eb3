namespace Weir.Core.Canon;

/// <summary>The answer to a <see cref="OneShotRequest"/>.</summary>
public abstract record OneShotAnswer
{
    /// <summary>The upstream's id of this answer, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The model that really served, or null when the upstream names none.</summary>
    public string? Model { get; init; }

    /// <summary>What it consumed, as the tap read it; null when nothing was reported.</summary>
    public Usage? Usage { get; init; }
}
