using System.Collections.Concurrent;
using Weir.Core.Configuration;
using Weir.Core.Providers;
using Weir.Core.Routing.Discovery;

namespace Weir.Core.Upstream;

/// <summary>
/// Asks providers for their lists of models, and remembers what they said last. When somebody asks it to, or
/// <see cref="DiscoveryWatch"/>: no call waits for it, and no route depends on it.
/// </summary>
public sealed class ModelDiscovery(ProviderDoor door, TimeProvider time)
{
    /// <summary>Thousands of models fit into this.</summary>
    private const int LargestList = 8 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, ProviderModels> _known = new(StringComparer.Ordinal);

    /// <summary>What a provider's list said last, or null: it was not asked.</summary>
    public ProviderModels? Find(string provider) => _known.GetValueOrDefault(provider);

    /// <summary>Asks every provider of a configuration at once, each for 20 seconds at most. A provider that does not answer is no error.</summary>
    public async Task<IReadOnlyList<ProviderModels>> DiscoverAsync(Snapshot snapshot, CancellationToken cancel)
    {
        return await Task.WhenAll(snapshot.Providers.Values.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => DiscoverAsync(p, cancel)));
    }

    /// <summary>Asks one provider, for 20 seconds at most.</summary>
    public async Task<ProviderModels> DiscoverAsync(Provider provider, CancellationToken cancel)
    {
        var list = await AskAsync(provider, cancel);
        return _known.AddOrUpdate(provider.Name, static (_, now) => now, static (_, before, now) => now.After(before), list);
    }

    private async Task<ProviderModels> AskAsync(Provider provider, CancellationToken cancel)
    {
        if (ProviderLists.AddressOf(provider.BaseUrl, provider.Dialects) is not { } url)
            return Without("none of its APIs has a list of models");
        using var late = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            var (answer, error) = await door.AskAsync(provider, null, HttpMethod.Get, url, either.Token);
            using var response = answer;
            if (response is null)
                return Without(error!.SafeMessage);
            if (!response.IsSuccessStatusCode)
                return Without($"answered {(int)response.StatusCode}");
            return await UpstreamBody.ReadAllAsync(response.Content, LargestList, either.Token) is { } body && ProviderLists.Read(body.Span) is { } models
                ? new ProviderModels(provider.Name, time.GetUtcNow(), models, null)
                : Without("its answer is no list of models");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return Without(e is OperationCanceledException ? "did not answer in time" : "could not be asked");
        }

        ProviderModels Without(string problem) => new(provider.Name, time.GetUtcNow(), [], problem);
    }
}
