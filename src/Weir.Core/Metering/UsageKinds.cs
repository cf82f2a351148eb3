namespace Weir.Core.Metering;

/// <summary>Words for <see cref="UsageKind"/>.</summary>
public static class UsageKinds
{
    public const string Call = "call";
    public const string Copy = "copy";

    /// <summary>The kind of a word, or null: it is none.</summary>
    public static UsageKind? Parse(string word) => word switch
    {
        Call => UsageKind.Call,
        Copy => UsageKind.Copy,
        _ => null,
    };
}
