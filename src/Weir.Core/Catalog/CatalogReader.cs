using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Catalog;

/// <summary>
/// Reads the shipped price file (written by <c>eng/prices</c>). Prices are decimal text: dollars per million tokens,
/// or dollars per request or search. Throws <see cref="InvalidDataException"/> or <see cref="JsonException"/> on a broken file.
/// </summary>
internal static class CatalogReader
{
    private const int Format = 1;

    public static CatalogData Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        if (root.GetProperty("format"u8).GetInt32() != Format)
            throw new InvalidDataException("The price file has an unknown format.");
        var version = root.GetProperty("version"u8).GetString()!;
        var data = new CatalogData { Version = version, Sources = Sources(root.GetProperty("sources"u8)) };
        foreach (var provider in root.GetProperty("providers"u8).EnumerateArray())
            data.Add(Provider(provider, version), Strings(provider, "aliases"u8));
        return data;
    }

    private static ImmutableArray<PriceSource> Sources(JsonElement sources) =>
    [
        .. sources.EnumerateArray().Select(s => new PriceSource(
            s.GetProperty("name"u8).GetString()!, s.GetProperty("commit"u8).GetString()!,
            s.GetProperty("date"u8).GetString()!, s.GetProperty("licence"u8).GetString()!)),
    ];

    private static ProviderModels Provider(JsonElement element, string version)
    {
        var provider = new ProviderModels(element.GetProperty("id"u8).GetString()!, Strings(element, "fallback"u8));
        foreach (var model in element.GetProperty("models"u8).EnumerateArray())
            Model(provider, model, version);
        return provider;
    }

    private static void Model(ProviderModels provider, JsonElement model, string version)
    {
        var id = model.GetProperty("id"u8).GetString()!;
        var matches = new List<ModelMatch>(4);
        if (!model.TryGetProperty("nameOnly"u8, out _))
            matches.Add(Match(id));
        foreach (var text in Strings(model, "is"u8).Concat(Strings(model, "like"u8)))
            matches.Add(Match(text));

        var facts = new ModelFacts(
            provider.Id, id, Int(model, "context"u8), Int(model, "maxOutput"u8),
            model.TryGetProperty("can"u8, out var can) ? Capabilities(can.GetString()!) : null);
        if (facts is not { ContextWindow: null, MaxOutputTokens: null, Capabilities: null })
        {
            provider.FactCount++;
            foreach (var match in matches)
                provider.Facts.Add(match, facts);
        }

        foreach (var row in Rows(provider.Id, id, model, version))
        {
            provider.RowCount++;
            foreach (var match in matches)
                provider.Prices.Add(match, row);
        }
    }

    /// <summary>Latest first, so that the first one in force on a day is the right one.</summary>
    private static List<PriceRow> Rows(string provider, string id, JsonElement model, string version)
    {
        var rows = new List<PriceRow>(1);
        if (!model.TryGetProperty("prices"u8, out var periods))
            return rows;
        DateOnly? until = null;
        foreach (var period in periods.EnumerateArray().Reverse())
        {
            DateOnly? from = period.TryGetProperty("from"u8, out var day)
                ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null;
            rows.Add(new PriceRow(
                provider, id, CatalogPrices.Tiered(period), version, from, until,
                CatalogPrices.Services(period), CatalogPrices.Regions(model)));
            until = from;
        }

        return rows;
    }

    private static ModelMatch Match(string text) =>
        ModelMatch.TryParse(text, out var match)
            ? match
            : throw new InvalidDataException($"'{text}' in the price file is not a model id or pattern.");

    private static int? Int(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static ImmutableArray<string> Strings(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];

    private static ModelCapabilities Capabilities(string letters)
    {
        var result = ModelCapabilities.None;
        foreach (var letter in letters)
            result |= letter switch
            {
                't' => ModelCapabilities.Tools,
                'v' => ModelCapabilities.ImageInput,
                'a' => ModelCapabilities.AudioInput,
                'd' => ModelCapabilities.DocumentInput,
                'r' => ModelCapabilities.Reasoning,
                's' => ModelCapabilities.StructuredOutput,
                'I' => ModelCapabilities.ImageOutput,
                'A' => ModelCapabilities.AudioOutput,
                _ => throw new InvalidDataException($"'{letter}' in the price file is not a capability."),
            };
        return result;
    }
}
