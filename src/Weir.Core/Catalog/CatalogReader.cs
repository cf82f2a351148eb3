using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Weir.Core.Catalog;

/// <summary>
/// Reads the shipped price file (written by <c>eng/prices</c>). Prices are decimal text: dollars per million tokens,
/// or dollars per request or search. Throws <see cref="InvalidDataException"/> or <see cref="JsonException"/> on a broken file.
/// </summary>
internal static class CatalogReader
{
    private const int Format = 1;

    /// <summary>The outline; models are read when their provider is asked for, from the document kept in memory.</summary>
    public static CatalogData Read(Stream stream)
    {
        var root = JsonDocument.Parse(stream).RootElement;
        if (root.GetProperty("format"u8).GetInt32() != Format)
            throw new InvalidDataException("The price file has an unknown format.");
        var version = Text(root, "version"u8);
        var data = new CatalogData { Version = version, Sources = Sources(root.GetProperty("sources"u8)) };
        foreach (var provider in root.GetProperty("providers"u8).EnumerateArray())
        {
            var models = provider.GetProperty("models"u8);
            data.Add(
                new ProviderModels(Text(provider, "id"u8), Strings(provider, "fallback"u8), models, version),
                Strings(provider, "aliases"u8));
        }

        return data;
    }

    public static (ModelIndex<ModelEntry> Index, ImmutableArray<ModelEntry> All) Models(
        string provider, JsonElement models, string version)
    {
        var index = new ModelIndex<ModelEntry>();
        var all = ImmutableArray.CreateBuilder<ModelEntry>(models.GetArrayLength());
        foreach (var model in models.EnumerateArray())
        {
            var entry = new ModelEntry(provider, model, version);
            all.Add(entry);
            if (!model.TryGetProperty("nameOnly"u8, out _))
                index.Add(Match(Text(model, "id"u8)), entry);
            foreach (var text in Strings(model, "is"u8))
                index.Add(Match(text), entry);
            foreach (var text in Strings(model, "like"u8))
                index.Add(Match(text), entry);
        }

        index.Seal();
        return (index, all.MoveToImmutable());
    }

    /// <summary>The ids a model is asked for by: its own as the provider spells it, or, where that is only a heading, those it stands for.</summary>
    public static ImmutableArray<string> Ids(JsonElement model) =>
        model.TryGetProperty("nameOnly"u8, out _) ? Strings(model, "is"u8) : [model.TryGetProperty("spelt"u8, out var spelt) ? spelt.GetString()! : Text(model, "id"u8)];

    public static ModelFacts? Facts(string provider, JsonElement model)
    {
        var facts = new ModelFacts(
            provider, Text(model, "id"u8), Int(model, "context"u8), Int(model, "maxOutput"u8),
            model.TryGetProperty("can"u8, out var can) ? Capabilities(can.GetString()!) : null, Day(model, "released"u8));
        return facts is { ContextWindow: null, MaxOutputTokens: null, Capabilities: null } ? null : facts;
    }

    /// <summary>Latest first, so that the first one in force on a day is the right one.</summary>
    public static ImmutableArray<PriceRow> Rows(string provider, JsonElement model, string version)
    {
        if (!model.TryGetProperty("prices"u8, out var periods))
            return [];
        var rows = ImmutableArray.CreateBuilder<PriceRow>(periods.GetArrayLength());
        DateOnly? until = null;
        for (var i = periods.GetArrayLength() - 1; i >= 0; i--)
        {
            var period = periods[i];
            var from = Day(period, "from"u8);
            rows.Add(new PriceRow(
                provider, Text(model, "id"u8), CatalogPrices.Tiered(period), version, from, until,
                CatalogPrices.Services(period), CatalogPrices.Regions(model))
            {
                Images = CatalogPrices.Images(period),
            });
            until = from;
        }

        return rows.MoveToImmutable();
    }

    private static ImmutableArray<PriceSource> Sources(JsonElement sources)
    {
        var result = ImmutableArray.CreateBuilder<PriceSource>();
        foreach (var s in sources.EnumerateArray())
            result.Add(new PriceSource(Text(s, "name"u8), Text(s, "commit"u8), Text(s, "date"u8), Text(s, "licence"u8)));
        return result.ToImmutable();
    }

    private static string Text(JsonElement element, ReadOnlySpan<byte> name) => element.GetProperty(name).GetString()!;

    private static ModelMatch Match(string text) =>
        ModelMatch.TryParse(text, out var match)
            ? match
            : throw new InvalidDataException($"'{text}' in the price file is not a model id or pattern.");

    private static int? Int(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static DateOnly? Day(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var day) ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static ImmutableArray<string> Strings(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (!element.TryGetProperty(name, out var list))
            return [];
        var result = new string[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
            result[i++] = item.GetString()!;
        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

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
