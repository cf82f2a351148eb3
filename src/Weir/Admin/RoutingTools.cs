using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Routing.Health;
using Weir.Core.Spine;
using Weir.Core.Tokens;
using Weir.Http;

namespace Weir.Admin;

/// <summary>What dry runs and policy simulations take from the spine.</summary>
/// <param name="DryRun">Decides about a call without making it.</param>
/// <param name="Endpoints">Path → dialect and operation.</param>
/// <param name="Dialects">All dialects.</param>
/// <param name="Tokens">Counts of tokens.</param>
/// <param name="States">What calls taught about targets.</param>
/// <param name="LookAt">Compiles another configuration (text, name) without its secrets.</param>
internal sealed record RoutingTools(DryRun DryRun, EndpointTable Endpoints, DialectTable Dialects, ITokenCounter Tokens, ITargetStates States, Func<string, string, LoadResult> LookAt);
