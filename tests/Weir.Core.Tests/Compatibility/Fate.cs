using Weir.Core.Canon;

namespace Weir.Core.Tests.Compatibility;

/// <summary>What became of a parameter, and what the caller is told.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Notes">The notes it caused.</param>
/// <param name="IsIgnored">Nothing was said and nothing changed in what the upstream is asked: the one thing that must not be.</param>
internal sealed record Fate(FateKind Kind, IReadOnlyList<TranslationNotes.Note> Notes, bool IsIgnored)
{
    public string Sign => Kind switch
    {
        FateKind.Native => "=",
        FateKind.Mapped => "✓",
        FateKind.Adapted => "~",
        FateKind.Dropped => "–",
        _ => "✗",
    };
}

internal enum FateKind { Native, Mapped, Adapted, Dropped, Refused }
