namespace Weir.Core.Catalog;

/// <summary>The search through a provider's list, its fallbacks, and the spellings of a model id.</summary>
internal static class CatalogLookup
{
    /// <summary>The provider's entries for a model, else those of the first fallback that has any.</summary>
    public static (List<ModelEntry> Entries, string? BorrowedBy) Find(
        CatalogData data, string provider, string model, Predicate<ModelEntry> useful)
    {
        if (data.Provider(provider) is not { } own)
            return ([], null);
        var found = Either(own.Index, model, useful);
        if (found.Count > 0)
            return (found, null);
        foreach (var name in own.Fallback)
            if (data.Provider(name) is { } other && Either(other.Index, model, useful) is { Count: > 0 } borrowed)
                return (borrowed, own.Id);
        return ([], null);
    }

    // Google and Vertex put a path before the id: models/x, publishers/google/models/x.
    private static List<ModelEntry> Either(ModelIndex<ModelEntry> index, string model, Predicate<ModelEntry> useful)
    {
        var found = All(index, model, useful);
        if (found.Count > 0)
            return found;
        var at = model.LastIndexOf("models/", StringComparison.Ordinal);
        return at == 0 || (at > 0 && model[at - 1] == '/') ? All(index, model[(at + 7)..], useful) : found;
    }

    private static List<ModelEntry> All(ModelIndex<ModelEntry> index, string model, Predicate<ModelEntry> useful)
    {
        var result = new List<ModelEntry>();
        foreach (var entry in index.Find(model))
            if (useful(entry))
                result.Add(entry);
        return result;
    }
}
