using Weir.Core.Catalog;
using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Expressions;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Validation;

/// <summary>What the rules look at and report to, and the secrets they resolve on the way.</summary>
internal sealed class RuleContext(ConfigurationDocuments documents, DiagnosticBag bag, ISecretSource secrets, LoadContext load)
{
    private readonly Dictionary<string, string> _resolved = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];

    public ConfigurationDocuments Documents { get; } = documents;
    public DiagnosticBag Bag { get; } = bag;
    public LoadContext Load { get; } = load;

    /// <summary>What names in plans lead to.</summary>
    public RouteNames Names => field ??= new RouteNames(Documents);

    /// <summary>Conditions by their text, as far as they are correct; filled by <see cref="ConditionRules"/>.</summary>
    public Dictionary<string, ExpressionProgram> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>Providers and models as far as they can be compiled: to be looked at once <see cref="PriceRules"/> ran.</summary>
    public ModelSketch Sketch => field ??= ModelSketch.Of(this);

    /// <summary>The book with the configuration's own prices; set by <see cref="PriceRules"/>.</summary>
    public PriceBook Prices { get; set; } = load.Prices;

    public DateTimeOffset Now { get; } = load.Time.GetUtcNow();

    /// <summary>Secrets by the path of their reference.</summary>
    public IReadOnlyDictionary<string, string> Resolved => _resolved;

    /// <summary>Files referred to.</summary>
    public IReadOnlyList<string> Files => _files;

    public ProviderKind? KindOf(Document<ProviderSpec> provider) => Load.Kinds.Find(provider.Spec.Kind);

    /// <summary>Resolves a secret and checks that it is usable; null = not, and reported.</summary>
    public string? Resolve(SecretRef? reference, string path, int shortest, bool header)
    {
        if (reference is null || reference.FromEnv is null == reference.FromFile is null)
            return null;
        if (Load.WithoutSecrets)
            return _resolved[path] = $"not-read:{path}";
        if (reference.FromFile is { } file && secrets.PathOf(file) is { } watched)
            _files.Add(watched);
        var reading = secrets.Read(reference);
        if (reading.Value is { Length: > 0 } value)
            return SecretRules.Check(value, reference, path, shortest, header, Bag) ? _resolved[path] = value : null;
        var at = $"{path}.{(reference.FromEnv is null ? "fromFile" : "fromEnv")}";
        if (reading.Value is not null)
            Bag.Add(DiagnosticCodes.SecretEmpty, at, $"{reference} is empty");
        else if (reference.FromEnv is { } name)
            Bag.Add(DiagnosticCodes.EnvironmentMissing, at, $"environment variable {Reading.Printable.Show(name)} {reading.Problem}", "set it in the environment of the weir process");
        else
            Bag.Add(DiagnosticCodes.SecretFileUnreadable, at, $"file {Reading.Printable.Show(reference.FromFile!, 200)} {reading.Problem}");
        return null;
    }

    /// <summary>Reads a file with certificates, which counts as a secret of this path; null = unusable, and reported.</summary>
    public string? ReadPem(FileRef? file, string path)
    {
        if (file is null || file.FromFile.Length == 0 || Load.WithoutSecrets)
            return null;
        if (secrets.PathOf(file.FromFile) is { } watched)
            _files.Add(watched);
        if (secrets.ReadText(file.FromFile) is { } text)
            return _resolved[path] = text;
        Bag.Add(DiagnosticCodes.SecretFileUnreadable, path + ".fromFile", $"file {Reading.Printable.Show(file.FromFile, 200)} cannot be read");
        return null;
    }

    /// <summary>Checks that a file which is read later exists, and watches it.</summary>
    public void CheckFile(FileRef? file, string path)
    {
        if (file is null || file.FromFile.Length == 0 || Load.WithoutSecrets)
            return;
        if (secrets.PathOf(file.FromFile) is { } watched)
            _files.Add(watched);
        if (!secrets.FileExists(file.FromFile))
            Bag.Add(DiagnosticCodes.SecretFileUnreadable, path + ".fromFile", $"file {Reading.Printable.Show(file.FromFile, 200)} does not exist");
    }
}
