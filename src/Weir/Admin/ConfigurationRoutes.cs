using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;

namespace Weir.Admin;

/// <summary>What configuration is in force, and loading it again.</summary>
internal sealed class ConfigurationRoutes(AdminServices services)
{
    public Task ShowAsync(HttpContext context) => AdminResponse.OkAsync(context, View(), AdminJson.Default.ConfigurationView);

    public async Task ReloadAsync(HttpContext context)
    {
        // A reload that has begun is finished even when the caller hangs up: half a decision helps nobody.
        var fault = await services.Reload(CancellationToken.None);
        if (fault is null)
        {
            await ShowAsync(context);
            return;
        }
        var refused = new ReloadRefused(
            new ErrorView("configuration_refused", "The new configuration has errors; the last good one stays in force.", "'weir check FILE' shows them with their source lines."),
            [.. fault.Diagnostics.Select(DiagnosticView.From)]);
        await AdminResponse.JsonAsync(context, 422, refused, AdminJson.Default.ReloadRefused);
    }

    private ConfigurationView View()
    {
        var s = services.Snapshots.Current;
        var providers = s.Providers.Values.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new ProviderView(p.Name, p.Kind, WithoutUserInfo(p.BaseUrl), [.. p.Dialects.Keys], p.Credential?.Source));
        var models = s.Models.All.Select(m => new ModelView(m.Name, m.Listed,
            [.. m.Targets.Select(t => new TargetView(t.Name, t.Provider.Name, t.Model, !t.Prices.IsEmpty))]));
        return new ConfigurationView(s.Version, s.Hash, s.LoadedAt, s.Prices.Version, [.. providers], [.. models], s.Keys.Count,
            [.. services.Warnings().Select(DiagnosticView.From)], StatusRoutes.FaultOf(services.Snapshots.Fault));
    }

    // user:password@ and query strings are where credentials hide in addresses.
    private static string WithoutUserInfo(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
