using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;
using Weir.Core.Telemetry;
using Weir.Core.Upstream.Auth;

namespace Weir.Core.Spine;

/// <summary>One try at one target, from intent to settlement.</summary>
public sealed class Attempt(int number, PlannedTarget planned, LedgerEntry intent, long startTimestamp)
{
    /// <summary>1 for the first.</summary>
    public int Number { get; } = number;

    public PlannedTarget Planned { get; } = planned;

    /// <summary>The ledger entry as opened before the attempt left.</summary>
    public LedgerEntry Intent { get; } = intent;

    public long StartTimestamp { get; } = startTimestamp;

    /// <summary>The attempt's trace span (nothing when tracing is off).</summary>
    public AttemptSpan Span { get; set; }

    /// <summary>The provider's credential it is made with, or null when it has none.</summary>
    public UpstreamCredential? Credential { get; set; }

    /// <summary>What authenticated the request with <see cref="Credential"/>.</summary>
    public IUpstreamAuth? Auth { get; set; }

    /// <summary>The upstream refused, and something was learnt from it that may make the same credential succeed.</summary>
    public bool LearntFromRefusal { get; set; }

    /// <summary>Its place at an endpoint of the provider's pool; null when the provider is none.</summary>
    public EndpointLease? Endpoint { get; set; }

    /// <summary>Where it goes: the planned base URL, at the endpoint it was given.</summary>
    public Uri BaseUrl => Endpoint?.Endpoint.Rebase(Planned.BaseUrl) ?? Planned.BaseUrl;

    public Lane Lane { get; set; }

    /// <summary>What translation dropped or adapted; null on native lanes.</summary>
    public TranslationNotes? Notes { get; set; }

    /// <summary>Members of the request that the route set or changed.</summary>
    public List<string> Changed { get; } = [];

    /// <summary>The question of a translated one-shot call (embeddings, rerank); its answer is told with it.</summary>
    public OneShotRequest? OneShot { get; set; }

    /// <summary>Upstream status, 0 while none arrived.</summary>
    public int Status { get; set; }

    /// <summary>What is known of the answer; null while none arrived.</summary>
    public ResponseFacts? Facts { get; set; }

    public AttemptOutcome Outcome { get; set; } = AttemptOutcome.Failed;

    /// <summary>Why it did not end well, or null.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>The whole request was handed to the network.</summary>
    public bool WasSent { get; set; }

    /// <summary>The request may have reached a model, so tokens may have been used even if nobody reports them.</summary>
    public bool MayHaveCost { get; set; }

    /// <summary>What kind of refusal it ended in, when it did.</summary>
    public RefusalKind Refusal { get; set; }

    /// <summary>Its answer is on its way to the client.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Another attempt of the call was faster: it is being cancelled.</summary>
    public CancellationToken Superseded { get; set; }

    /// <summary>The upstream's own error answer, kept to pass on when the dialect is the client's.</summary>
    public UpstreamAnswer? Rejection { get; set; }

    /// <summary>A streamed call's wait for its first content, as its target's statistics see it.</summary>
    public FirstContentWait? Waiting { get; set; }

    public TimeSpan? TimeToFirstToken
    {
        get;
        set
        {
            field = value;
            Endpoint?.FirstContent();
        }
    }

    public TimeSpan Duration { get; set; }

    /// <summary>Set when priced; the ledger gets exactly this.</summary>
    public LedgerSettlement? Settlement { get; set; }
}
