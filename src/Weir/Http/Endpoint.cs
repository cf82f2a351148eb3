using Weir.Core.Dialects;

namespace Weir.Http;

/// <summary>What a path means: the dialect its callers speak, and all else it says.</summary>
internal readonly record struct Endpoint(IDialect Dialect, CallHead Head);
