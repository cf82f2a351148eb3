using Weir.Core.Catalog;

namespace Weir.Core.Telemetry;

/// <summary><see cref="PriceState"/> in words.</summary>
public static class PriceStateNames
{
    public static string Of(PriceState state) => state switch
    {
        PriceState.Priced => "priced",
        PriceState.Estimated => "estimated",
        _ => "unpriced",
    };
}
