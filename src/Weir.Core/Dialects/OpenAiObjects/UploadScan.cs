using Weir.Core.Dialects.Multipart;

namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>A form with a file for no model: routed by its path at once, checked to its end.</summary>
internal sealed class UploadScan(RequestFacts facts, string boundary) : IBodyScan
{
    private readonly MultipartScanner _scanner = new(boundary, ["purpose"]);

    public RequestFacts? Facts => facts;

    public BadRequest? Accept(ReadOnlySpan<byte> bytes) => _scanner.Accept(bytes);

    public BadRequest? Complete() => _scanner.Complete();
}
