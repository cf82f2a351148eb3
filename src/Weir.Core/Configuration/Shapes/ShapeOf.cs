using System.Net;
using Weir.Core.Catalog;
using Weir.Core.Configuration.Documents;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Shapes;

/// <summary>The shapes that have no settings, and short ways to make the others.</summary>
internal static class ShapeOf
{
    public static Shape<string> Text { get; } = new TextShape();
    public static Shape<string> Name { get; } = new NameShape(pattern: false);
    public static Shape<string> Pattern { get; } = new NameShape(pattern: true);
    public static Shape<bool> Bool { get; } = new BoolShape();
    public static Shape<Uri> Url { get; } = new UrlShape();
    public static Shape<DateTimeOffset> Timestamp { get; } = new TimestampShape();
    public static Shape<IPEndPoint> Listen { get; } = new ListenShape();
    public static Shape<string> Kind { get; } = new KindShape();
    public static Shape<IReadOnlyList<string>> ModelNames { get; } = new ModelNamesShape();
    public static Shape<string> Pin { get; } = new PinShape();
    public static Shape<SecretRef> Secret { get; } = new SecretShape();

    public static Shape<IReadOnlyDictionary<string, string>> Labels { get; } = new LabelsShape();
    public static Shape<string> LabelGrant { get; } = new LabelGrantShape();
    public static Shape<string> Expression { get; } = new ExpressionShape();
    public static Shape<IReadOnlyList<ParameterOverride>> Parameters { get; } = new ParametersShape();
    public static Shape<TimeSpan> Retention { get; } = new DurationShape(TimeSpan.Zero, TimeSpan.FromDays(10_000));
    public static Shape<ModelCapabilities> Capability { get; } = Choice("capability", CapabilityNames.All);

    public static Shape<double> Number(double smallest, double largest) => new NumberShape(smallest, largest);
    public static Shape<long> Whole(long smallest, long largest) => new WholeShape(smallest, largest);
    public static Shape<long> Size(long smallest, long largest) => new SizeShape(smallest, largest);
    public static Shape<TimeSpan> Duration(TimeSpan shortest, TimeSpan longest) => new DurationShape(shortest, longest);
    public static Shape<IReadOnlyList<T>> List<T>(Shape<T> item) => new ListShape<T>(item);
    public static Shape<IReadOnlyDictionary<string, T>> Map<T>(Shape<T> item) => new MapShape<T>(item);
    public static Shape<T?> Optional<T>(Shape<T> shape)
        where T : class => new OptionalShape<T>(shape);
    public static Shape<IReadOnlyList<Document<T>>> Documents<T>(RecordShape<T> spec, bool pattern = false) =>
        new ListShape<Document<T>>(new DocumentShape<T>(spec, new NameShape(pattern)));
    public static Shape<T> Choice<T>(string title, params (string Word, T Value)[] choices) =>
        new ChoiceShape<T>(title, DiagnosticCodes.NotOneOf, choices);
}
