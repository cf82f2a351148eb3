namespace Weir.Core.Catalog;

/// <summary>The search through a provider's list, its fallbacks, and the spellings of a model id.</summary>
internal static class CatalogLookup
{
    /// <summary>The provider's own values for a model, else those of the first fallback that has any, marked as borrowed.</summary>
    public static IEnumerable<T> Find<T>(
        CatalogData data, string provider, string model, Func<ProviderModels, ModelIndex<T>> index, Func<T, string, T> borrow)
        where T : class
    {
        if (data.Provider(provider) is not { } own)
            return [];
        var found = Either(index(own), model);
        if (found.Count > 0)
            return found;
        foreach (var name in own.Fallback)
            if (data.Provider(name) is { } other && Either(index(other), model) is { Count: > 0 } borrowed)
                return borrowed.Select(value => borrow(value, own.Id));
        return [];
    }

    // Google and Vertex put a path before the id: models/x, publishers/google/models/x, tunedModels are left alone.
    private static List<T> Either<T>(ModelIndex<T> index, string model)
        where T : class
    {
        var found = index.Find(model).ToList();
        if (found.Count > 0)
            return found;
        var at = model.LastIndexOf("models/", StringComparison.Ordinal);
        return at == 0 || (at > 0 && model[at - 1] == '/') ? [.. index.Find(model[(at + 7)..])] : found;
    }
}
