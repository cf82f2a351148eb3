using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Records;

/// <summary>
/// How fast recorded answers were, by target and size of the prompt, and how many calls go there before and after: from both,
/// how fast answers may be expected to be. Assumes that a target is as fast with more calls as it was.
/// </summary>
internal sealed class LatencyComparison
{
    private const int MostPlaces = 4096;
    private readonly Dictionary<(string Target, SizeClass Size, bool Stream), Place> _places = [];

    /// <summary>Takes what was measured.</summary>
    public void Observe(string target, SizeClass size, bool stream, TimeSpan? first, TimeSpan whole)
    {
        if (PlaceOf(target, size, stream) is not { } place)
            return;
        if (first is { } time)
            place.First.Add(time);
        place.Whole.Add(whole);
    }

    /// <summary>A call, or its share, was answered there.</summary>
    public void Before(string target, SizeClass size, bool stream, double calls) => PlaceOf(target, size, stream)?.Before += calls;

    /// <summary>A call, or its share, would go there.</summary>
    public void After(string target, SizeClass size, bool stream, double calls) => PlaceOf(target, size, stream)?.After += calls;

    public LatencyChange Compare()
    {
        var (firstBefore, firstAfter, wholeBefore, wholeAfter) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        double unknown = 0;
        foreach (var ((target, _, stream), place) in _places)
        {
            // Where nothing of this size was measured, other sizes of the same target are the best that is known.
            var known = place.Whole.Count > 0 ? place : Any(target, stream);
            if (known is null)
            {
                unknown += place.After;
                continue;
            }
            firstBefore.Add(known.First, place.Before);
            firstAfter.Add(known.First, place.After);
            wholeBefore.Add(known.Whole, place.Before);
            wholeAfter.Add(known.Whole, place.After);
        }
        return new LatencyChange(Of(firstBefore), Of(firstAfter), Of(wholeBefore), Of(wholeAfter), unknown);
    }

    private static LatencyExpectation Of(LatencyHistogram histogram) => new(histogram.Count, histogram.Quantile(0.5), histogram.Quantile(0.95));

    private Place? Any(string target, bool stream)
    {
        Place? sum = null;
        foreach (var (key, place) in _places)
        {
            if (key.Target != target || key.Stream != stream || place.Whole.Count <= 0)
                continue;
            sum ??= new Place();
            sum.First.Add(place.First, place.First.Count);
            sum.Whole.Add(place.Whole, place.Whole.Count);
        }
        return sum;
    }

    private Place? PlaceOf(string target, SizeClass size, bool stream)
    {
        if (_places.TryGetValue((target, size, stream), out var place))
            return place;
        if (_places.Count >= MostPlaces)
            return null;
        return _places[(target, size, stream)] = new Place();
    }

    private sealed class Place
    {
        public LatencyHistogram First { get; } = new();
        public LatencyHistogram Whole { get; } = new();
        public double Before { get; set; }
        public double After { get; set; }
    }
}
