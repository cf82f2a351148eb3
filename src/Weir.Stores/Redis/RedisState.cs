using System.Security.Cryptography;
using StackExchange.Redis;

namespace Weir.Stores.Redis;

/// <summary>The shared store on a Redis server. The client library is known here and in <see cref="RedisConnector"/> only.</summary>
internal sealed class RedisState : ISharedState
{
    private const int MostWords = 100;
    private static readonly TimeSpan WordPause = TimeSpan.FromMilliseconds(30);

    private readonly ConnectionMultiplexer _connection;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RedisKey[] _keys;
    private readonly string _channel;

    private RedisState(ConnectionMultiplexer connection, string prefix)
    {
        _connection = connection;
        // The braces keep both keys on one server of a cluster.
        _keys = [$"{{{prefix}}}:health", $"{{{prefix}}}:health:ends"];
        _channel = $"{{{prefix}}}:health";
        connection.ConnectionFailed += (_, _) => _lost.TrySetResult();
    }

    public Task Lost => _lost.Task;

    /// <summary>
    /// Listens before anything is read, so that nothing falls in between. The client says "subscribed" before the server does,
    /// so a word to oneself has to come back first; to others it is no message.
    /// </summary>
    /// <exception cref="StoreException">It does not come back.</exception>
    public static async Task<RedisState> ListenAsync(ConnectionMultiplexer connection, string prefix, Action<string> heard)
    {
        var state = new RedisState(connection, prefix);
        var word = "listening " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await AskAsync(() => connection.GetSubscriber().SubscribeAsync(state._channel, (_, text) =>
        {
            if (text == word)
                listening.TrySetResult();
            else
                heard((string)text!);
        }));
        for (var words = 0; !listening.Task.IsCompleted; words++)
        {
            if (words == MostWords)
                throw new StoreException("it does not let anybody listen");
            await AskAsync(() => connection.GetDatabase().PublishAsync(state._channel, word));
            await Task.WhenAny(listening.Task, Task.Delay(WordPause));
        }
        return state;
    }

    public Task TellAsync(string name, string text, TimeSpan? length) => AskAsync(() =>
        _connection.GetDatabase().ScriptEvaluateAsync(RedisScripts.Tell, _keys, [name, text, length is { } some ? Math.Max(1, (long)some.TotalMilliseconds) : 0, _channel]));

    public async Task<IReadOnlyList<(string Text, TimeSpan Left)>> ReadAsync()
    {
        var found = Array.Empty<RedisResult>();
        await AskAsync(async () => found = (RedisResult[])await _connection.GetDatabase().ScriptEvaluateAsync(RedisScripts.Read, _keys));
        return [.. found.Chunk(2).Select(pair => ((string)pair[0], TimeSpan.FromMilliseconds((long)pair[1])))];
    }

    public Task PingAsync() => AskAsync(() => _connection.GetDatabase().PingAsync());

    public async ValueTask DisposeAsync()
    {
        // Blocking calls; what is under way is not waited for.
        await Task.Run(() =>
        {
            _connection.Close(allowCommandsToComplete: false);
            _connection.Dispose();
        });
    }

    private static async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or InvalidOperationException or InvalidCastException)
        {
            throw new StoreException(RedisConnector.Reason(e), e);
        }
    }
}
