using Weir.Core.Dialects;

namespace Weir.Http;

/// <summary>What a path means: the dialect its callers speak and the operation it asks for.</summary>
internal sealed record Endpoint(IDialect Dialect, Operation Operation);
