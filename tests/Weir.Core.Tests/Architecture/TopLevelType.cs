namespace Weir.Core.Tests.Architecture;

/// <summary>A type declared at the top level of a file.</summary>
/// <param name="Kind">class, struct, record, record struct, interface, enum or delegate.</param>
/// <param name="Name">Without type parameters.</param>
/// <param name="Rest">What follows the name: type parameters, primary constructor, base types.</param>
internal sealed record TopLevelType(string Kind, string Name, string Rest)
{
    /// <summary>Only says what something is: an enum or a record. Such a type may live beside the type it belongs to.</summary>
    public bool IsData => Kind is "enum" or "record" or "record struct" or "delegate";
}
