using Weir.Core.Dialects;
using Weir.Core.Expressions;
using Weir.Core.Identity;
using Weir.Core.Routing.Matching;
using Weir.Core.Tokens;

namespace Weir.Core.Routing;

/// <summary>
/// What routing may know of a call: enough to decide, and to decide again later from a record of the same facts. It holds no
/// content; what has to look at content (<see cref="Content"/>) does so only when a rule asks.
/// </summary>
public sealed record RouteCall : IActivation
{
    /// <summary>The model name the client asked for.</summary>
    public required string Asked { get; init; }

    /// <summary>The dialect the client speaks.</summary>
    public required IDialect Dialect { get; init; }

    public required Operation Operation { get; init; }
    public required Caller Caller { get; init; }

    /// <summary>What the one pass over the body found.</summary>
    public required RequestFacts Facts { get; init; }

    /// <summary>Who uses the caller's application, or null: the client named nobody.</summary>
    public EndUser? User { get; init; }

    /// <summary>When the call arrived.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Objects at providers that the body names: the call can only go where they are.</summary>
    public IReadOnlyList<NamedPlace> Named { get; init; } = [];

    /// <summary>Labels that count: those of the key, and of the caller's own those that the key allows.</summary>
    public IReadOnlyDictionary<string, string> Labels
    {
        get;
        init
        {
            field = value;
            LabelMap = null;
        }
    } = NoLabels;

    /// <summary>Where the caller is, as it or a load balancer says (<c>eu</c>, <c>eu-central-1</c>), or null.</summary>
    public string? Region { get; init; }

    /// <summary>What the content is about, found out when first asked for.</summary>
    public IContentSignals Content { get; init; } = ContentSignals.Unknown;

    /// <summary>What keeps calls together: session, key, stable beginning of the prompt.</summary>
    public IAffinityKeys Affinity { get; init; } = AffinityKeys.None;

    /// <summary>Size of the prompt in tokens by its bytes alone, so that rules mean the same for every model and at every replay.</summary>
    public long InputTokens => TokenEstimate.FromBytes(Facts.PromptTextBytes);

    /// <summary><see cref="Labels"/> as expressions see them; made once per call.</summary>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    internal ValueMap LabelMap { get => field ??= ValueMap.Of(Labels); private init; }

    Value IActivation.Read(Variable variable) => RouteVocabulary.Read(this, variable);

    private static IReadOnlyDictionary<string, string> NoLabels { get; } = new Dictionary<string, string>();
}
