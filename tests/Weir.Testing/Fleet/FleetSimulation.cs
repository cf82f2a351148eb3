namespace Weir.Testing.Fleet;

/// <summary>
/// Several engines under one balancer, event by event. Deterministic: the same requests, figures and seed give the same
/// result to the last digit, on any machine.
/// </summary>
public static class FleetSimulation
{
    /// <summary>How often a balancer hears from an engine, as by default in the product.</summary>
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until every request is answered.</summary>
    public static FleetResult Run(int count, EngineFigures figures, IReadOnlyList<FleetRequest> requests, IFleetBalancer balancer)
    {
        var engines = Enumerable.Range(0, count).Select(_ => new SimulatedEngine(figures)).ToArray();
        var stepping = new bool[count];
        var events = new PriorityQueue<(int Engine, FleetRequest? Request), (double At, long Order)>();
        var first = new List<double>(requests.Count);
        var (order, now, done) = (0L, 0.0, 0);
        foreach (var request in requests)
            events.Enqueue((-1, request), (request.ArrivesAt, order++));
        var scrapeAt = 0.0;
        while (done < requests.Count && events.TryDequeue(out var next, out var at))
        {
            // Engines are asked in turn within an interval, as they are started at different times.
            while (scrapeAt <= at.At)
            {
                var engine = (int)Math.Round(scrapeAt / ScrapeInterval.TotalSeconds * count) % count;
                balancer.Told(engine, engines[engine], scrapeAt);
                scrapeAt += ScrapeInterval.TotalSeconds / count;
            }
            now = at.At;
            var number = next.Engine;
            if (next.Request is { } arrived)
            {
                var job = new EngineJob(arrived);
                number = balancer.Choose(job, now);
                engines[number].Enqueue(job);
            }
            else
            {
                stepping[number] = false;
                var (started, ended) = engines[number].EndStep();
                foreach (var job in started)
                {
                    first.Add(now - job.Request.ArrivesAt);
                    balancer.FirstToken(job, now);
                }
                foreach (var job in ended)
                    balancer.Done(job, now);
                done += ended.Count;
            }
            if (!stepping[number] && !engines[number].IsIdle)
            {
                stepping[number] = true;
                events.Enqueue((number, null), (now + engines[number].BeginStep(), order++));
            }
        }
        first.Sort();
        var (seen, hit) = engines.Select(e => e.Blocks).Aggregate((0L, 0L), (sum, b) => (sum.Item1 + b.Seen, sum.Item2 + b.Hit));
        return new FleetResult(first.Average(), first[first.Count / 2], first[(int)(first.Count * 0.99)], seen == 0 ? 0 : (double)hit / seen, requests.Count / now);
    }
}

/// <summary>What came of a run; times to first token in seconds.</summary>
/// <param name="Mean">Mean time to first token.</param>
/// <param name="Median">Half were faster.</param>
/// <param name="P99">99 of 100 were faster.</param>
/// <param name="HitRate">Share of prompt blocks found in the engines' caches.</param>
/// <param name="Throughput">Requests per second until the last was answered.</param>
public sealed record FleetResult(double Mean, double Median, double P99, double HitRate, double Throughput);
