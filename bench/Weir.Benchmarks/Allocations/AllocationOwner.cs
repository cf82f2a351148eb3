namespace Weir.Benchmarks.Allocations;

/// <summary>
/// Whose an allocation is: going outward from the allocation, the first method that belongs to a step, or to the machinery
/// on either side of Weir. What a step calls (dialects, JSON, the runtime's collections) counts as the step's.
/// </summary>
internal static class AllocationOwner
{
    public const string Server = "web server (Kestrel)";
    public const string Client = "HTTP client (SocketsHttpHandler)";
    public const string Other = "runtime and other";

    private static readonly (string Prefix, string Owner)[] Rules =
    [
        ("System.Net.Http.HttpConnection", Client), ("System.Net.Http.SocketsHttp", Client), ("System.Net.Http.HttpMessageInvoker", Client),
        ("System.Net.Http.RedirectHandler", Client), ("System.Net.Http.Http", ""), ("System.Net.Sockets", ""),
        ("Weir.Stores.Sqlite.Ledger", "9 Settle: ledger"), ("Weir.Core.Spine.Steps.Settle", "9 Settle"), ("Weir.Core.Metering", "9 Settle"),
        ("Weir.Core.Telemetry.AccessLog", "10 Report: access log"), ("Weir.Core.Spine.DecisionRecord", "10 Report: decision record"),
        ("Weir.Core.Spine.Steps.Report", "10 Report"), ("Weir.Core.Telemetry", "10 Report"),
        ("Weir.Core.Spine.Steps.Relay", "8 Relay"), ("Weir.Core.Spine.Lanes", "8 Relay"), ("Weir.Core.Spine.ReplyHead", "8 Relay"),
        ("Weir.Core.Upstream.UpstreamBody", "8 Relay"), ("Weir.Core.Upstream", "7 Dispatch"), ("Weir.Core.Spine.Steps.Dispatch", "7 Dispatch"),
        ("Weir.Core.Spine.Steps.Inspect", "6 Inspect"), ("Weir.Core.Spine.Steps.Admit", "5 Admit"), ("Weir.Core.Budgets", "5 Admit"),
        ("Weir.Core.Spine.Steps.Route", "4 Route"), ("Weir.Core.Routing", "4 Route"), ("Weir.Core.Spine.Steps.Read", "3 Read"),
        ("Weir.Core.Spine.Steps.Identify", "2 Identify"), ("Weir.Core.Identity", "2 Identify"),
        ("Weir.Core.Spine.CallPipeline", "1 Accept"), ("Weir.Http", "1 Accept"),
    ];

    /// <param name="methods">Full method names, the allocating one first.</param>
    public static string Of(IEnumerable<string> methods)
    {
        var server = false;
        foreach (var method in methods)
        {
            foreach (var (prefix, owner) in Rules)
            {
                if (!method.StartsWith(prefix, StringComparison.Ordinal))
                    continue;
                if (owner.Length > 0)
                    return owner;
                break;
            }
            server |= method.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal);
        }
        return server ? Server : Other;
    }
}
