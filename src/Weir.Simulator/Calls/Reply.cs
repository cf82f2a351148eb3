using Weir.Simulator.Answers;
using Weir.Simulator.Records;

namespace Weir.Simulator.Calls;

/// <summary>The whole planned answer to one request, before anything is sent.</summary>
internal sealed record Reply
{
    public required DialectRequest Request { get; init; }

    public required long Sequence { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required IReadOnlyList<ReplyChoice> Choices { get; init; }

    public required TokenText Thinking { get; init; }

    public required UsageReport Report { get; init; }

    /// <summary>Chat field that shows the reasoning, or null.</summary>
    public string? ReasoningField { get; init; }

    /// <summary>Everything the answer consumes when it is sent whole.</summary>
    public required ServedUsage Usage { get; init; }
}
