namespace Weir.Core.Dialects;

/// <summary>
/// What one strict pass over the request body finds: enough to route, admit, price and splice without building
/// objects. All ranges are byte offsets into the body the client sent.
/// </summary>
public sealed class RequestFacts
{
    /// <summary>The model the client asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The <c>model</c> value including its quotes.</summary>
    public ByteRange ModelValue { get; init; }

    /// <summary>Further places that name the model, where the URL names it too (Gemini's batches), quotes included.</summary>
    public IReadOnlyList<ByteRange> FurtherModelValues { get; init; } = [];

    /// <summary>The path named the model: what the body calls it, if anything, does not count.</summary>
    public bool ModelInPath { get; init; }

    /// <summary>The client wants a stream.</summary>
    public bool Stream { get; init; }

    /// <summary>
    /// Path below the provider's base URL for a same-dialect call, where the client's own path decides it (an older form of
    /// the operation); null = what <see cref="IDialect.UpstreamPath(Operation, UpstreamTarget, bool)"/> says.
    /// </summary>
    public string? NativePath { get; init; }

    /// <summary>How the client wants its stream framed.</summary>
    public StreamFraming Framing { get; init; }

    /// <summary>The whole <c>stream_options</c> value (an object, or <c>null</c>), when present.</summary>
    public ByteRange StreamOptionsValue { get; init; }

    /// <summary><c>stream_options</c> is an object with at least one member.</summary>
    public bool StreamOptionsHasMembers { get; init; }

    /// <summary>The value of <c>stream_options.include_usage</c>, when present.</summary>
    public ByteRange IncludeUsageValue { get; init; }

    /// <summary>The client itself asked for the usage chunk (OpenAI chat), or the dialect always sends usage.</summary>
    public bool ClientWantsUsage { get; init; }

    /// <summary>Offset just after the opening brace of the body: where a member can be inserted.</summary>
    public int FirstMemberOffset { get; init; }

    /// <summary>Output token cap the client set, or null.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>Answers asked for (<c>n</c>), at least 1.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Kind of the images asked for (<see cref="Canon.Usage.ImageKind"/>), or null. Of a form it is known once the fields have passed.</summary>
    public string? ImageKind { get; set; }

    /// <summary>Characters (Unicode scalar values) to be spoken.</summary>
    public long Characters { get; init; }

    /// <summary>Number of messages (chat) or inputs (embeddings).</summary>
    public int MessageCount { get; init; }

    /// <summary>The call offers tools.</summary>
    public bool HasTools { get; init; }

    /// <summary>Tools are offered in the dialect's older form only (OpenAI's <c>functions</c>): calls are answered in it.</summary>
    public bool LegacyFunctions { get; init; }

    /// <summary>The call carries images, documents or audio.</summary>
    public bool HasMedia { get; init; }

    /// <summary>UTF-8 bytes of prompt text (message text, tool schemas, system prompt): the base of token estimates.</summary>
    public long PromptTextBytes { get; init; }

    /// <summary>The request names earlier answers that Weir may have kept (<see cref="IRefersToAnswers"/>).</summary>
    public bool NamesAnswers { get; init; }

    /// <summary>The provider keeps its answer under the answer's id, and the client may ask for it later.</summary>
    public bool KeepsAnswer { get; init; }

    /// <summary>Stable end-user id sent by the client, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>The body is <c>multipart/form-data</c> with this boundary, and <see cref="ModelValue"/> is plain text in it; null for JSON.</summary>
    public string? Boundary { get; init; }

    /// <summary>Whether the answer is a stream is for its content type to say: the request need not, or says so too late.</summary>
    public bool AnswerDecidesStream { get; init; }

    /// <summary>The call is about objects at a provider, not about a model; <see cref="Model"/> is empty then.</summary>
    public ObjectCall? Objects { get; init; }

    /// <summary>Objects at a provider that the body names: who may name them, and where they are, is checked before the call is routed.</summary>
    public IReadOnlyList<ObjectMention> NamedObjects { get; init; } = [];

    /// <summary>A tool of the call may make a container at the provider, which a later call may name.</summary>
    public bool MayMakeContainer { get; init; }

    /// <summary>
    /// Edits a same-dialect upstream needs whatever the target; empty as a rule. Anthropic: reasoning that Weir showed the
    /// client under another vendor's signature leaves the history, because Anthropic would refuse the whole call.
    /// </summary>
    public IReadOnlyList<Splice> RequiredEdits { get; init; } = [];
}
