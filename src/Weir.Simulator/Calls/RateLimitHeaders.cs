using Microsoft.AspNetCore.Http;
using System.Globalization;

namespace Weir.Simulator.Calls;

/// <summary>What a refusal says of its limits, when the directives want it otherwise than the service usually does.</summary>
internal static class RateLimitHeaders
{
    /// <param name="headers">Of the response, as the dialect wrote them.</param>
    /// <param name="reset">When the limit is whole again; null = nothing is said of limits.</param>
    /// <param name="now">Time of the response.</param>
    public static void Write(IHeaderDictionary headers, TimeSpan? reset, DateTimeOffset now)
    {
        foreach (var name in headers.Keys.Where(n => n.Contains("ratelimit", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            if (reset is not { } wait)
            {
                headers.Remove(name);
            }
            else if (name.Contains("-remaining", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = "0";
            }
            else if (name.StartsWith("x-ratelimit-reset", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds}s");
            }
            else if (name.EndsWith("-reset", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = (now + wait).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
        }
    }
}
