namespace Weir.Core.Dialects;

/// <summary>Why an upstream refused a request, as far as it decides who could answer it instead.</summary>
public enum RefusalKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>The prompt, or prompt and answer together, are longer than the model takes: a bigger one may answer.</summary>
    ContextTooLong,

    /// <summary>Its content policy: another provider's may differ.</summary>
    ContentPolicy,

    /// <summary>The upstream has no such model: nothing is wrong with the request.</summary>
    ModelUnknown,
}
