using System.Globalization;

namespace Weir.Load.Measure;

/// <summary>One counter of a Prometheus text page, summed over its label sets.</summary>
internal static class MetricScrape
{
    /// <returns>Null when the page cannot be read or does not hold the metric.</returns>
    internal static double? Read(Uri page, string metric)
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(5) };
        string text;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, page);
            using var response = client.Send(request);
            using StreamReader reader = new(response.Content.ReadAsStream());
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }

        var values = text.Split('\n')
            .Where(l => l.StartsWith(metric, StringComparison.Ordinal) && l.Length > metric.Length && l[metric.Length] is (' ' or '{'))
            .Select(l => double.Parse(l[(l.LastIndexOf('}') is var close and >= 0 ? close + 1 : metric.Length)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture))
            .ToArray();
        return values.Length == 0 ? null : values.Sum();
    }
}
