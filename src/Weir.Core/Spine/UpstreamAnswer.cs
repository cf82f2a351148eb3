namespace Weir.Core.Spine;

/// <summary>An upstream's complete error answer.</summary>
public sealed record UpstreamAnswer(int Status, string? ContentType, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers);
