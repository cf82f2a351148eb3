namespace Weir.Testing.Fleet;

/// <summary>Who chooses the engine for a request.</summary>
public interface IFleetBalancer
{
    /// <summary>Number of the engine.</summary>
    int Choose(EngineJob job, double now);

    /// <summary>An engine told its load.</summary>
    void Told(int engine, SimulatedEngine load, double now);

    void FirstToken(EngineJob job, double now);

    void Done(EngineJob job, double now);
}
