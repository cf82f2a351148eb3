using Weir.Core.Dialects;

namespace Weir.Core.Tests.Compatibility;

/// <summary>What clients of a dialect can ask for.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="Title">The vendor's name of the API.</param>
/// <param name="BaseRequest">The smallest request.</param>
/// <param name="Parameters">Every documented parameter, in the vendor's order.</param>
/// <param name="Head">What the path says.</param>
internal sealed record ClientSurface(IDialect Dialect, string Title, string BaseRequest, IReadOnlyList<Parameter> Parameters, CallHead Head = default);
