namespace Weir.Core.Spine;

/// <summary>Ids of copies: the id of their call, <c>~</c>, and which of its copies. Ledger entries and records are told apart by them.</summary>
public static class ShadowIds
{
    private const char Mark = '~';

    public static string Of(string call, int number) => $"{call}{Mark}{number}";

    /// <summary>The id of the call that was copied, or null: it is no copy's.</summary>
    public static string? CallOf(string id) => id.LastIndexOf(Mark) is > 0 and var at ? id[..at] : null;
}
