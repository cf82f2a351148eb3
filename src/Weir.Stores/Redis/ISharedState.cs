namespace Weir.Stores.Redis;

/// <summary>
/// A connection to the store that replicas share: short texts that are kept until they end and told to everybody who
/// listens. Every method fails with <see cref="StoreException"/> when the store does not do it.
/// </summary>
public interface ISharedState : IAsyncDisposable
{
    /// <summary>Completes when the connection broke: what was told since may not have been heard.</summary>
    Task Lost { get; }

    /// <summary>Tells <paramref name="text"/> to everybody, and keeps it under <paramref name="name"/> unless what is kept there ends later.</summary>
    /// <param name="name">One text is kept under a name.</param>
    /// <param name="text">At most a few hundred characters.</param>
    /// <param name="length">How long it is kept, by the store's clock; null = what is kept under the name is forgotten.</param>
    Task TellAsync(string name, string text, TimeSpan? length);

    /// <summary>Everything that is kept, with the time left.</summary>
    Task<IReadOnlyList<(string Text, TimeSpan Left)>> ReadAsync();

    /// <summary>Asks for a sign of life.</summary>
    Task PingAsync();
}
