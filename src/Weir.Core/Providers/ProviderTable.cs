using System.Collections.Frozen;
using System.Text.Json;
using Weir.Core.Dialects;

namespace Weir.Core.Providers;

/// <summary>
/// The provider table: kinds as data (<c>Data/providers.json</c>). A new provider that speaks a known dialect is a new
/// row, never new code.
/// </summary>
public sealed class ProviderTable
{
    private const string Resource = "Weir.Core.Providers.Data.providers.json";
    private static readonly Lazy<ProviderTable> LazyEmbedded = new(ReadEmbedded);
    private readonly FrozenDictionary<string, ProviderKind> _byName;

    public ProviderTable(IEnumerable<ProviderKind> kinds)
    {
        Kinds = [.. kinds];
        _byName = Kinds.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);
    }

    /// <summary>The table that comes with the program; read when first asked for.</summary>
    public static ProviderTable Embedded => LazyEmbedded.Value;

    /// <summary>Dialects a row or a provider may name (<see cref="IDialect.Name"/>).</summary>
    public static IReadOnlyList<string> DialectNames { get; } =
    [
        "openai-chat", "openai-responses", "openai-embeddings", "openai-completions", "anthropic-messages", "gemini-generate", "bedrock-converse", "bedrock-invoke", "ollama-chat", "ollama-embed",
        "cohere-chat", "cohere-embed", "cohere-rerank", "jina-rerank", "triton-generate", "tgi-generate",
        "openai-images", "openai-audio", "openai-moderations", "openai-objects", "openai-realtime", "gemini-live",
    ];

    public IReadOnlyList<ProviderKind> Kinds { get; }

    public ProviderKind? Find(string kind) => _byName.GetValueOrDefault(kind);

    /// <summary>Reads a table. Throws <see cref="FormatException"/> with the row's name when a row is not usable.</summary>
    public static ProviderTable Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return new ProviderTable(document.RootElement.GetProperty("kinds").EnumerateArray().Select(ReadRow).ToList());
    }

    private static ProviderTable ReadEmbedded()
    {
        using var stream = typeof(ProviderTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is missing");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes);
    }

    private static ProviderKind ReadRow(JsonElement row)
    {
        var name = row.GetProperty("name").GetString()!;
        var quirks = UpstreamQuirks.None;
        if (row.TryGetProperty("quirks", out var overrides))
        {
            foreach (var quirk in overrides.EnumerateObject())
                quirks = QuirkNames.With(quirks, quirk.Name, quirk.Value) ?? throw new FormatException($"{name}: unknown quirk {quirk.Name}");
        }
        return new ProviderKind
        {
            Name = name,
            DisplayName = row.GetProperty("displayName").GetString()!,
            BaseUrl = row.TryGetProperty("baseUrl", out var url) && !url.GetString()!.Contains("{region}", StringComparison.Ordinal) ? new Uri(url.GetString()!) : null,
            RegionalUrl = url.ValueKind == JsonValueKind.String && url.GetString()!.Contains("{region}", StringComparison.Ordinal) ? url.GetString() : null,
            Auth = ReadAuth(name, row.GetProperty("auth").GetString()!),
            Dialects = ReadDialects(name, row.GetProperty("dialects")),
            DialectAuth = row.TryGetProperty("dialectAuth", out var auths)
                ? auths.EnumerateObject().ToDictionary(a => a.Name, a => ReadAuth(name, a.Value.GetString()!), StringComparer.Ordinal)
                : [],
            Quirks = quirks,
            Headers = row.TryGetProperty("headers", out var headers)
                ? headers.EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase)
                : [],
            Query = row.TryGetProperty("query", out var query)
                ? query.EnumerateObject().ToDictionary(q => q.Name, q => q.Value.GetString()!, StringComparer.Ordinal)
                : [],
            Environment = Strings(row, "environment"),
            PriceProvider = row.GetProperty("priceProvider").GetString()!,
            TelemetryName = row.GetProperty("telemetryName").GetString()!,
            CredentialOptional = Flag(row, "credentialOptional"),
            DefaultCredential = row.TryGetProperty("defaultCredential", out var standard) ? standard.GetString() : null,
            AllowPrivateNetwork = Flag(row, "allowPrivateNetwork"),
            PrefillModels = Strings(row, "prefillModels"),
            PlainNames = Strings(row, "plainNames"),
        };
    }

    private static OrderedDictionary<string, Uri?> ReadDialects(string kind, JsonElement element)
    {
        var dialects = new OrderedDictionary<string, Uri?>(StringComparer.Ordinal);
        foreach (var dialect in element.EnumerateObject())
        {
            if (!DialectNames.Contains(dialect.Name))
                throw new FormatException($"{kind}: unknown dialect {dialect.Name}");
            dialects[dialect.Name] = dialect.Value.GetString() is { } url ? new Uri(url, UriKind.RelativeOrAbsolute) : null;
        }
        return dialects;
    }

    private static AuthScheme ReadAuth(string kind, string word) => word switch
    {
        "none" => AuthScheme.None,
        "bearer" => AuthScheme.Bearer,
        "x-api-key" => AuthScheme.XApiKey,
        "x-goog-api-key" => AuthScheme.XGoogApiKey,
        "api-key" => AuthScheme.ApiKey,
        _ => throw new FormatException($"{kind}: unknown auth {word}"),
    };

    private static string[] Strings(JsonElement row, string name) =>
        row.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];

    private static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.GetBoolean();
}
