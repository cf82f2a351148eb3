namespace Weir.Core.Dialects.Multipart;

/// <summary>A short field of a form.</summary>
/// <param name="Text">Its value as UTF-8 text.</param>
/// <param name="Value">Where the value stands in the body.</param>
public readonly record struct MultipartField(string Text, ByteRange Value);
