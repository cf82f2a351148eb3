using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Weir.Admin;

/// <summary>
/// The routes of the admin listener. Bare request delegates: no binding by reflection, and every route passes the same
/// <see cref="AdminGuard"/>. <c>/healthz</c> and <c>/readyz</c> (summary) are open; <c>/metrics</c> is open on a loopback
/// binding; everything else takes the bearer token.
/// </summary>
public static class AdminApi
{
    /// <summary>Adds all routes; the returned builder lets the host pin them to its admin listener.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, AdminServices services)
    {
        var guard = new AdminGuard(services.Access);
        var routes = endpoints.MapGroup("");
        var status = new StatusRoutes(services, guard);
        var keys = new KeyRoutes(services);
        var calls = new CallRoutes(services);
        var configuration = new ConfigurationRoutes(services);

        void Route(string method, string pattern, Protection protection, RequestDelegate handler) =>
            routes.MapMethods(pattern, [method], (RequestDelegate)(context => guard.RunAsync(context, protection, handler)));

        Route("GET", "/healthz", Protection.Open, StatusRoutes.HealthAsync);
        Route("GET", "/readyz", Protection.Open, status.ReadyAsync);
        Route("GET", "/metrics", Protection.TokenUnlessLoopback, status.MetricsAsync);
        Route("GET", "/admin/v1/version", Protection.Token, status.VersionAsync);
        Route("GET", "/admin/v1/keys", Protection.Token, keys.ListAsync);
        Route("POST", "/admin/v1/keys", Protection.Token, keys.CreateAsync);
        Route("DELETE", "/admin/v1/keys/{idOrName}", Protection.Token, keys.RevokeAsync);
        Route("GET", "/admin/v1/usage", Protection.Token, new UsageRoutes(services).SumAsync);
        Route("GET", "/admin/v1/requests", Protection.Token, calls.ListAsync);
        Route("GET", "/admin/v1/requests/{id}", Protection.Token, calls.FindAsync);
        var models = new ModelRoutes(services);
        Route("GET", "/admin/v1/models", Protection.Token, models.ListAsync);
        Route("POST", "/admin/v1/models/discover", Protection.Token, models.DiscoverAsync);
        Route("POST", "/admin/v1/feedback", Protection.Token, new FeedbackRoutes(services).LearnAsync);
        Route("GET", "/admin/v1/config", Protection.Token, configuration.ShowAsync);
        Route("POST", "/admin/v1/config/reload", Protection.Token, configuration.ReloadAsync);
        if (services.Routing is { } tools)
        {
            Route("POST", "/admin/v1/explain", Protection.Token, new ExplainRoutes(services, tools).ExplainAsync);
            Route("POST", "/admin/v1/simulate-policy", Protection.Token, new SimulatePolicyRoutes(services, tools).SimulateAsync);
        }

        // Unknown paths and methods pass the guard too, so that nothing can be learnt without the token.
        routes.Map("/admin/{**rest}", (RequestDelegate)(context => guard.RunAsync(context, Protection.Token, NotFoundAsync)));
        return routes;
    }

    private static Task NotFoundAsync(HttpContext context) =>
        AdminResponse.ErrorAsync(context, 404, "not_found", $"There is no {context.Request.Method} {context.Request.Path} here.", "See docs/admin-api.md.");
}
