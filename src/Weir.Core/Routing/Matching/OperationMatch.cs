using Weir.Core.Dialects;

namespace Weir.Core.Routing.Matching;

/// <summary>The call asks for one of these.</summary>
public sealed class OperationMatch(IEnumerable<Operation> operations) : IRouteMatch
{
    private readonly Operation[] _operations = [.. operations];

    public bool Matches(RouteCall call) => _operations.AsSpan().Contains(call.Operation);
}
