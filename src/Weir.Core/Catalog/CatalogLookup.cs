namespace Weir.Core.Catalog;

/// <summary>The search through a provider's list, its fallbacks, and the spellings of a model id.</summary>
internal static class CatalogLookup
{
    public static T? Find<T>(
        CatalogData data, string provider, string model, Func<ProviderModels, ModelIndex<T>> index,
        Func<T, bool> accept, Func<T, string, T> borrow)
        where T : class
    {
        if (data.Provider(provider) is not { } own)
            return null;
        if (Either(index(own), model, accept) is { } found)
            return found;
        foreach (var name in own.Fallback)
            if (data.Provider(name) is { } other && Either(index(other), model, accept) is { } borrowed)
                return borrow(borrowed, own.Id);
        return null;
    }

    // Google and Vertex put a path before the id: models/x, publishers/google/models/x, tunedModels are left alone.
    private static T? Either<T>(ModelIndex<T> index, string model, Func<T, bool> accept)
        where T : class
    {
        if (index.Find(model, accept) is { } found)
            return found;
        var at = model.LastIndexOf("models/", StringComparison.Ordinal);
        return at == 0 || (at > 0 && model[at - 1] == '/') ? index.Find(model[(at + 7)..], accept) : null;
    }
}
