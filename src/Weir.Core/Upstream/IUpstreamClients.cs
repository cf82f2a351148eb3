using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>Connection pools to upstreams.</summary>
public interface IUpstreamClients
{
    /// <summary>The pool for a provider; made at first use, kept across configuration reloads while its settings stay.</summary>
    HttpMessageInvoker For(Provider provider);
}
