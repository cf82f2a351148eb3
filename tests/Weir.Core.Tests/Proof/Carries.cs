namespace Weir.Core.Tests.Proof;

/// <summary>What an answer of a dialect has a place for, besides text, stop reason and usage.</summary>
[Flags]
internal enum Carries
{
    Nothing = 0,

    Calls = 1,

    Thinking = 2,

    /// <summary>Opaque reasoning state of any vendor, sealed where the vendor is another.</summary>
    Signatures = 4,

    All = Calls | Thinking | Signatures,
}
