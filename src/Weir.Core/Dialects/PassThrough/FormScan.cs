using Weir.Core.Dialects.Multipart;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>Finds the model of a form that is passed on while it arrives.</summary>
/// <param name="boundary">The form's boundary.</param>
/// <param name="defaultModel">What the API takes when no model is named, or null when one must be.</param>
internal sealed class FormScan(string boundary, string? defaultModel) : IBodyScan
{
    private readonly MultipartScanner _scanner = new(boundary, ["model", "quality", "size"]);

    public RequestFacts? Facts { get; private set; }

    public BadRequest? Accept(ReadOnlySpan<byte> bytes)
    {
        if (_scanner.Accept(bytes) is { } fault)
            return fault;
        if (Facts is not null)
            Facts.ImageKind = Kind;
        if (Facts is not null || _scanner.Find("model") is not { } model)
            return null;
        if (model.Text.Length == 0)
            return new BadRequest("wrong_type", "'model' must be a non-empty string: the model's name.", "model");
        Facts = FactsOf(model.Text, model.Value);
        return null;
    }

    public BadRequest? Complete()
    {
        if (_scanner.Complete() is { } fault)
            return fault;
        if (Facts is null && defaultModel is null)
            return new BadRequest("missing_field", "The field 'model' is required: the model's name.", "model");
        Facts ??= FactsOf(defaultModel!, default);
        return null;
    }

    private string Kind => ImageKinds.Of(_scanner.Find("quality")?.Text, _scanner.Find("size")?.Text);

    private RequestFacts FactsOf(string model, ByteRange value) => new()
    {
        Model = model,
        ModelValue = value,
        Boundary = boundary,
        ClientWantsUsage = true,
        HasMedia = true,
        ImageKind = Kind,
        AnswerDecidesStream = true,
    };
}
