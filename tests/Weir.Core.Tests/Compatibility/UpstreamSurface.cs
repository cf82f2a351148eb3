using Weir.Core.Dialects;
using Weir.Core.Providers;

namespace Weir.Core.Tests.Compatibility;

/// <summary>An upstream dialect as its own vendor serves it.</summary>
internal sealed record UpstreamSurface(IDialect Dialect, string Title, string Kind, string Model)
{
    public UpstreamTarget Target => new(Model, ProviderTable.Embedded.Find(Kind)!.Quirks, 4096);
}
