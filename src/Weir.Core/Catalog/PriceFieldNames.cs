namespace Weir.Core.Catalog;

/// <summary>The names prices go by in the shipped file and in configuration, and the unit of each.</summary>
internal static class PriceFieldNames
{
    public static bool TryGetClass(string name, out PriceClass cls)
    {
        PriceClass? found = name switch
        {
            "input" => PriceClass.Input,
            "output" => PriceClass.Output,
            "cacheRead" => PriceClass.CacheRead,
            "cacheWrite5m" => PriceClass.CacheWrite5m,
            "cacheWrite1h" => PriceClass.CacheWrite1h,
            "reasoning" => PriceClass.Reasoning,
            "inputAudio" => PriceClass.InputAudio,
            "outputAudio" => PriceClass.OutputAudio,
            "inputImage" => PriceClass.InputImage,
            "outputImage" => PriceClass.OutputImage,
            "perRequest" => PriceClass.PerRequest,
            "perSearch" => PriceClass.PerSearch,
            "perImage" => PriceClass.PerImage,
            "perSecond" => PriceClass.PerSecond,
            "perCharacter" => PriceClass.PerCharacter,
            _ => null,
        };
        cls = found ?? default;
        return found is not null;
    }

    public static bool IsPerUnit(PriceClass cls) => cls >= PriceClass.PerRequest;

    /// <summary>
    /// Dollars per million tokens (six decimals), or dollars each (request, search, image, second, character: twelve decimals). False when the
    /// text is not a decimal, too fine, negative, or above a thousand dollars a unit.
    /// </summary>
    public static bool TryParsePrice(PriceClass cls, string text, out Money price)
    {
        var ok = DecimalText.TryParse(text, IsPerUnit(cls) ? Money.Digits : Money.Digits - 6, out var picos);
        ok = ok && picos >= 0 && picos <= PriceSet.MaxPicos;
        price = ok ? new Money((long)picos) : default;
        return ok;
    }
}
