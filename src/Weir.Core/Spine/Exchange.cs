using System.Collections.Frozen;
using System.Net.WebSockets;
using Weir.Core.Budgets;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Objects;
using Weir.Core.Routing;
using Weir.Core.Routing.Content;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine;

/// <summary>
/// One call on its way through the ten steps. Each step fills in what the next ones need; the step that owns a member
/// is named beside it. Pins one snapshot for its whole life.
/// </summary>
public sealed class Exchange(
    string id, IClientChannel client, Snapshot snapshot, IDialect dialect, CallHead head, DateTimeOffset startedAt,
    long startTimestamp) : IDisposable
{
    private Attempt? _answering;

    // 1 Accept
    public string Id { get; } = id;
    public IClientChannel Client { get; } = client;
    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>The dialect the client speaks.</summary>
    public IDialect Dialect { get; } = dialect;

    /// <summary>What the request line said.</summary>
    public CallHead Head { get; } = head;

    public Operation Operation => Head.Operation;
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Monotonic clock reading at Accept (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long StartTimestamp { get; } = startTimestamp;

    /// <summary>The call's trace span (nothing when tracing is off).</summary>
    public CallSpan Span { get; init; }

    /// <summary>Id of the call that this one is a copy of, or null: it is a client's own.</summary>
    public string? ShadowOf { get; init; }

    // 2 Identify
    public Caller? Caller { get; set; }

    /// <summary>Labels that count for the call.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = FrozenDictionary<string, string>.Empty;

    // 3 Read
    /// <summary>The client's body, exactly as sent; of a body that is passed on while it arrives, its beginning.</summary>
    public PooledBody Body { get; } = new();

    /// <summary>The body when it is passed on while it arrives, or null when it is held whole.</summary>
    public StreamedBody? Streamed { get; set; }

    /// <summary>The client's body was read to its end: the connection can carry a next request.</summary>
    public bool BodyIsRead
    {
        get => Streamed?.IsRead ?? field;
        set;
    }

    public RequestFacts? Facts { get; set; }

    /// <summary>The client's side of a session, once it was accepted.</summary>
    public WebSocket? Session { get; set; }

    /// <summary>Kind of the message that opened a session whose model it names.</summary>
    public WebSocketMessageType FirstMessageType { get; set; }

    /// <summary>The body as the client sent it, when <see cref="Body"/> had to be completed from kept answers; else empty.</summary>
    public ReadOnlyMemory<byte> Named { get; set; }

    // 4 Route
    /// <summary>What the call was routed by; null for calls that are about objects, not about a model.</summary>
    public RouteCall? Call { get; set; }

    public Plan? Plan { get; set; }

    /// <summary>What rules asked about the content, or null when the call has none.</summary>
    public CallContent? Content { get; set; }

    /// <summary>For calls about objects: the first one named, or null when none was.</summary>
    public OwnedObject? Object { get; set; }

    /// <summary>For lists: query of the page to ask for in place of the client's own, or null.</summary>
    public string? NextPage { get; set; }

    /// <summary>Name of the provider's credential that every attempt uses, because the call is about what it made; null = any.</summary>
    public string? HeldWith { get; set; }

    // 5 Admit
    public Hold? Hold { get; set; }

    // 7 Dispatch
    /// <summary>Attempts in the order they were made.</summary>
    public List<Attempt> Attempts { get; } = new(1);

    /// <summary>What the answers of a session used and cost: each has a ledger entry of its own, beside its attempt's.</summary>
    public SessionTotals? SessionTotals { get; set; }

    /// <summary>The attempt whose answer the client got or is getting; while there is none, the newest.</summary>
    public Attempt? Current => _answering ?? (Attempts.Count == 0 ? null : Attempts[^1]);

    // 8 Relay
    /// <summary>
    /// The commit point: from here on this attempt's answer is the client's. False when another attempt was first; then
    /// nothing of this one may reach the client.
    /// </summary>
    public bool TryCommit(Attempt attempt, TimeSpan after)
    {
        if (Interlocked.CompareExchange(ref _answering, attempt, null) is { } first && first != attempt)
            return false;
        attempt.IsCommitted = true;
        CommittedAfter = after;
        Committed?.TrySetResult();
        return true;
    }

    /// <summary>Completes at the commit point, where somebody waits for it.</summary>
    public TaskCompletionSource? Committed { get; set; }

    /// <summary>From Accept to the commit point: the first content is on its way to the client. Null before.</summary>
    public TimeSpan? CommittedAfter { get; set; }

    /// <summary>A failure after the commit point was told to the client inside its stream.</summary>
    public bool ToldInStream { get; set; }

    /// <summary>How the call failed, or null. Set by whichever step found it.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>Status the client got; 499 when it had gone.</summary>
    public int ClientStatus { get; set; }

    public void Dispose()
    {
        Session?.Dispose();
        Streamed?.Dispose();
        Body.Dispose();
    }
}
