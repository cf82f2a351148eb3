namespace Weir.Core.Routing.Records;

/// <summary>How much of a call its decision record keeps at most: what callers or configurations can make long is cut, and the cut is said.</summary>
public static class RecordLimits
{
    /// <summary>Candidates, removed ones included; also steps of the plan and attempts.</summary>
    public const int Entries = 32;

    /// <summary>Labels, findings, grants, prefixes, named objects.</summary>
    public const int Facts = 16;

    /// <summary>Characters of a name: model, target, label, user.</summary>
    public const int Name = 256;

    /// <summary>Characters of a sentence for a person.</summary>
    public const int Sentence = 500;
}
