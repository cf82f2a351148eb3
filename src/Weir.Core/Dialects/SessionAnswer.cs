using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>One answer of a session that has ended.</summary>
/// <param name="Usage">As reported, or null.</param>
/// <param name="Id">The upstream's id of it, or null.</param>
/// <param name="Finish">The upstream's word for how it ended, or null.</param>
public sealed record SessionAnswer(Usage? Usage, string? Id, string? Finish);
