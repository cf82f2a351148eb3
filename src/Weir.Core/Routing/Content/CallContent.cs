using System.Collections.Frozen;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Routing.Matching;
using Weir.Core.Semantics.Difficulty;
using Weir.Core.Semantics.External;
using Weir.Core.Semantics.Languages;

namespace Weir.Core.Routing.Content;

/// <summary>
/// What a call's content is about, found out when a rule first asks and the same ever after. Serves one call, on one thread at a
/// time. The body is looked at only while the call is being routed.
/// </summary>
/// <param name="setup">What the configuration says.</param>
/// <param name="reader">What all calls share.</param>
/// <param name="dialect">The client's dialect.</param>
/// <param name="head">What the request line said.</param>
/// <param name="facts">What the one pass over the body found.</param>
/// <param name="body">The client's body.</param>
public sealed class CallContent(ContentSetup setup, ContentReader reader, IDialect dialect, CallHead head, RequestFacts facts, ReadOnlyMemory<byte> body)
    : IContentSignals
{
    private ModelRequest? _request;
    private byte[]? _text;
    private string? _intent;
    private double _confidence;
    private bool _hasIntent;
    private LanguageVerdict? _language;
    private DifficultySketch? _sketch;
    private DifficultyEstimate? _estimate;
    private StrengthChoice? _choice;

    /// <summary>A rule asked for the intent, which a service has to say first: <see cref="Take"/> its verdict and route again.</summary>
    public bool WantsClassifier { get; private set; }

    /// <summary>Where the intent came from, when a service was asked; else null.</summary>
    public VerdictSource? ClassifierSource { get; private set; }

    /// <summary>The text of the user's last message, UTF-8, bounded; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Text => _text ??= LastUserText.Of(Request);

    public string? Intent
    {
        get
        {
            Classify();
            return _intent;
        }
    }

    public double IntentConfidence
    {
        get
        {
            Classify();
            return _confidence;
        }
    }

    public double? Difficulty => Text.IsEmpty ? null : setup.Difficulty is null ? Complexity.Of(Sketch) : 1 - Estimate.WeakSuffices;

    public bool? PrefersStrong
    {
        get
        {
            if (setup.Difficulty is not { } pair || Text.IsEmpty)
                return null;
            return (_choice ??= reader.Difficulty.Of(pair).Choose(Estimate, pair.Share, pair.Explore, reader.Random)).Strong;
        }
    }

    public string? Language
    {
        get
        {
            _language ??= Text.IsEmpty ? LanguageVerdict.None : reader.Languages.Detect(Text.Span);
            return _language.Value.Language is { Length: > 0 } language ? language : null;
        }
    }

    public IReadOnlySet<string> Findings => FrozenSet<string>.Empty;

    public SignalKinds Read => (_hasIntent ? SignalKinds.Intent : 0) | (_sketch is null ? 0 : SignalKinds.Difficulty)
        | (_language is null ? 0 : SignalKinds.Language) | (_choice is null ? 0 : SignalKinds.Strength);

    /// <summary>What was found out so far, and no more: for records.</summary>
    public ContentSignals Known => new()
    {
        Intent = _hasIntent ? _intent : null,
        IntentConfidence = _hasIntent ? _confidence : 0,
        Difficulty = _sketch is null ? null : Difficulty,
        PrefersStrong = _choice?.Strong,
        Language = _language is null ? null : Language,
        Read = Read,
    };

    /// <summary>The classifier's verdict, or the default in its place.</summary>
    public void Take(BoundedVerdict verdict)
    {
        ClassifierSource = verdict.Source;
        WantsClassifier = false;
        var isSilent = verdict.Source != VerdictSource.Classifier;
        Set(isSilent ? setup.Classifier!.Default is IntentMatch.OutOfScope ? "" : setup.Classifier.Default : verdict.Verdict.Label ?? "",
            isSilent ? 0 : verdict.Verdict.Confidence);
    }

    /// <summary>Keeps what the difficulty model needs to learn from feedback that comes later. Called when the call is over.</summary>
    /// <param name="request">Id of the call.</param>
    /// <param name="isStrong">Whether the strong model answered; null = neither of the two did.</param>
    public void AwaitFeedback(string request, bool? isStrong)
    {
        if (_sketch is not null && setup.Difficulty is { } pair && isStrong is { } strong)
            reader.Difficulty.Remember(request, pair, _sketch, strong);
    }

    private ModelRequest Request => _request ??= CanRead ? dialect.ReadRequest(body, new TranslationNotes(), head) : new ModelRequest { Model = facts.Model };

    private bool CanRead => dialect.CanTranslate && head.Operation is Operation.Chat or Operation.Completion && !body.IsEmpty;

    private DifficultySketch Sketch => _sketch ??= DifficultySketch.Of(new DifficultyFeatures
    {
        Text = Text.Span,
        PromptBytes = facts.PromptTextBytes,
        Turns = facts.MessageCount,
        Tools = Request.Tools.Count,
        Media = facts.HasMedia ? 1 : 0,
        HasAnswerSchema = Request.ResponseFormat is not null,
    });

    private DifficultyEstimate Estimate => _estimate ??= reader.Difficulty.Of(setup.Difficulty!).Score(Sketch);

    private void Classify()
    {
        if (_hasIntent)
            return;
        if (setup.Classifier is not null && !Text.IsEmpty)
        {
            WantsClassifier = true;
            return;
        }
        if (setup.Intents is not { } model || Text.IsEmpty)
        {
            Set(null, 0);
            return;
        }
        var verdict = model.Classify(Text.Span);
        Set(verdict.IsOutOfScope || verdict.ClassIndex < 0 ? "" : model.ClassNames[verdict.ClassIndex],
            verdict.IsOutOfScope ? verdict.OutOfScopeScore : verdict.Confidence);
    }

    private void Set(string? intent, double confidence) => (_hasIntent, _intent, _confidence) = (true, intent, confidence);
}
