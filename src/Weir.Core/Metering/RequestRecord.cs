using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>One call as operators list it (<c>weir requests</c>): also calls that were refused before any attempt.</summary>
public sealed record RequestRecord
{
    public required string Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string Operation { get; init; }

    /// <summary>Client dialect.</summary>
    public required string Dialect { get; init; }

    /// <summary>Empty when the caller was not identified.</summary>
    public string Tenant { get; init; } = "";
    public string? Team { get; init; }
    public string? KeyId { get; init; }
    public string? Model { get; init; }

    /// <summary>Target that answered, or null.</summary>
    public string? Target { get; init; }

    /// <summary>Target that went on with the answer after a cut, the last of several; or null. In the log; kept with the decision, not by itself.</summary>
    public string? ContinuedBy { get; init; }

    public bool Stream { get; init; }
    public required int Attempts { get; init; }

    /// <summary>HTTP status sent to the client; 499 when it had gone.</summary>
    public required int Status { get; init; }

    /// <summary><c>ok</c>, or the error code.</summary>
    public required string Outcome { get; init; }

    /// <summary>For operators: what was behind an error, and the next step where one is known. In the log; kept with the decision, not by itself.</summary>
    public string? Reason { get; init; }

    /// <summary>Sums over all attempts.</summary>
    public Usage Usage { get; init; }
    public Money Cost { get; init; }
    public PriceState PriceState { get; init; }
    public TimeSpan? TimeToFirstToken { get; init; }
    public required TimeSpan Duration { get; init; }

    /// <summary>The decision record as JSON (UTF-8): what <c>weir explain</c> prints.</summary>
    public ReadOnlyMemory<byte> Decision { get; init; }
}
