using System.Collections.Concurrent;

namespace Weir.Core.Routing.Health;

/// <summary>Target states of this process.</summary>
public sealed class TargetStates : ITargetStates
{
    private readonly ConcurrentDictionary<(string Provider, Uri Address, string Model), TargetState> _states = new();

    public TargetState Of(Target target) => _states.GetOrAdd((target.Provider.Name, target.Provider.BaseUrl, target.Model), static _ => new TargetState());
}
