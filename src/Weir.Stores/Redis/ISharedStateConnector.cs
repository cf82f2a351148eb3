namespace Weir.Stores.Redis;

/// <summary>Opens connections to the shared store.</summary>
public interface ISharedStateConnector
{
    /// <summary>Where it is, for people; no secret.</summary>
    string Address { get; }

    /// <summary>A connection that calls <paramref name="heard"/>, on any thread, with every text that anybody tells, this replica included.</summary>
    /// <exception cref="StoreException">Why there is none, without secrets.</exception>
    Task<ISharedState> ConnectAsync(Action<string> heard);
}
