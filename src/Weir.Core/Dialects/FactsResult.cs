using System.Diagnostics.CodeAnalysis;

namespace Weir.Core.Dialects;

/// <summary>Either the facts of a body or what is wrong with it.</summary>
public readonly record struct FactsResult(RequestFacts? Facts, BadRequest? Error)
{
    /// <summary>True when the body was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Facts))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Facts is not null;

    public static implicit operator FactsResult(RequestFacts facts) => new(facts, null);
    public static implicit operator FactsResult(BadRequest error) => new(null, error);
}
