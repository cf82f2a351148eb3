using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Providers;

namespace Weir.Core.Routing;

/// <summary>An object at a provider that the call names, and where it is.</summary>
/// <param name="Object">What is named.</param>
/// <param name="Place">Where the caller's tenant has it; null = nobody made it through this gateway.</param>
public sealed record NamedPlace(ObjectMention Object, AnswerPlace? Place)
{
    /// <summary>A call that names it can go to this provider.</summary>
    public bool Allows(Provider provider) => Place is null ? provider.UnknownObjects == UnknownObjects.Pass : provider.Name == Place.Provider;
}
