namespace Weir.Testing.Fleet;

/// <summary>One engine after the other.</summary>
public sealed class RoundRobin(int engines) : IFleetBalancer
{
    private int _next;

    public int Choose(EngineJob job, double now) => _next++ % engines;

    public void Told(int engine, SimulatedEngine load, double now)
    {
    }

    public void FirstToken(EngineJob job, double now)
    {
    }

    public void Done(EngineJob job, double now)
    {
    }
}
