using System.Globalization;

namespace Weir.Core.Upstream;

/// <summary>How long an upstream asks to be left alone: <c>retry-after-ms</c>, then <c>retry-after</c> (RFC 9110 §10.2.3, seconds form).</summary>
public static class RetryHints
{
    public static TimeSpan? Read(HttpResponseMessage response)
    {
        if (Number(response, "retry-after-ms") is { } milliseconds)
            return TimeSpan.FromMilliseconds(milliseconds);
        return Number(response, "retry-after") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double? Number(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values)
        && double.TryParse(values.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < 864_000_000 ? number : null;
}
