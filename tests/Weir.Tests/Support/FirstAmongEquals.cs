using Weir.Core.Routing;

namespace Weir.Tests.Support;

/// <summary>Draws that always fall on the first.</summary>
public sealed class FirstAmongEquals : IRandomSource
{
    public double NextDouble() => 0;
}
