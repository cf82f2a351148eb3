using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Identity;

namespace Weir.Admin;

/// <summary>List, make and revoke virtual keys.</summary>
internal sealed class KeyRoutes(AdminServices services)
{
    private const long MaxBodyBytes = 64 * 1024;

    public async Task ListAsync(HttpContext context)
    {
        var now = services.State.Time.GetUtcNow();
        var keys = await services.Keys.ListAsync(context.RequestAborted);
        await AdminResponse.OkAsync(context, new KeyList([.. keys.Select(k => View(k, now))]), AdminJson.Default.KeyList);
    }

    public async Task CreateAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
            return;
        var now = services.State.Time.GetUtcNow();
        if (NewKeys.Check(body, services.Snapshots.Current.Teams, now, out var request) is { } problem)
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_key", problem);
            return;
        }
        var issued = await TryCreateAsync(request, now, context.RequestAborted);
        if (issued is null)
            await AdminResponse.ErrorAsync(context, 409, "name_taken", $"A live key named '{request.Name}' exists in tenant '{request.Tenant}'.",
                "Choose another name, or revoke that key first.");
        else
            await AdminResponse.JsonAsync(context, 201, new CreatedKey(View(issued.Key, now), issued.Secret), AdminJson.Default.CreatedKey);
    }

    public async Task RevokeAsync(HttpContext context)
    {
        var idOrName = (string)context.Request.RouteValues["idOrName"]!;
        VirtualKey? revoked;
        try
        {
            revoked = await services.Keys.RevokeAsync(idOrName, context.RequestAborted);
        }
        catch (ArgumentException)
        {
            await AdminResponse.ErrorAsync(context, 409, "ambiguous_name", $"Several live keys are named '{idOrName}'.", "Revoke by id: 'weir keys list' shows it.");
            return;
        }
        if (revoked is not null)
        {
            await AdminResponse.OkAsync(context, new KeyList([View(revoked, services.State.Time.GetUtcNow())]), AdminJson.Default.KeyList);
            return;
        }
        var keys = await services.Keys.ListAsync(context.RequestAborted);
        if (keys.Any(k => k.Origin == KeyOrigin.Configuration && (k.Id == idOrName || k.Name == idOrName)))
            await AdminResponse.ErrorAsync(context, 409, "owned_by_configuration", $"The key '{idOrName}' is declared in the configuration file.",
                "Remove it there and reload.");
        else
            await AdminResponse.ErrorAsync(context, 404, "key_not_found", $"There is no stored key '{idOrName}'.", "'weir keys list' shows ids and names.");
    }

    private async Task<IssuedKey?> TryCreateAsync(NewKey request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await services.Keys.ListAsync(cancellationToken);
        if (keys.Any(k => k.Name == request.Name && k.Tenant == request.Tenant && StateOf(k, now) == "active"))
            return null;
        try
        {
            return await services.Keys.CreateAsync(request, cancellationToken);
        }
        catch (KeyNameTakenException)
        {
            // Lost the race for the name: the store's own uniqueness check has the last word.
            return null;
        }
    }

    private static async Task<CreateKeyRequest?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            // A form post needs no CORS preflight; demanding JSON closes that door.
            await AdminResponse.ErrorAsync(context, 415, "json_required", "The body must be application/json.");
            return null;
        }
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            await AdminResponse.ErrorAsync(context, 413, "body_too_large", "The body may have 64 KiB at most.");
            return null;
        }
        try
        {
            using var body = new MemoryStream();
            await CopyBoundedAsync(context.Request.Body, body, context.RequestAborted);
            return JsonSerializer.Deserialize(body.GetBuffer().AsSpan(0, (int)body.Length), AdminJson.Default.CreateKeyRequest)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            await AdminResponse.ErrorAsync(context, 400, "invalid_json", $"The body is not a key request: {e.Path ?? "$"} (line {e.LineNumber + 1}).",
                "Members: name, tenant, team, models, expiresAt, expiresInSeconds, labels, allowLabels.");
            return null;
        }
    }

    private static async Task CopyBoundedAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (to.Length + read > MaxBodyBytes)
                throw new JsonException("The body is too large.");
            to.Write(buffer, 0, read);
        }
    }

    internal static KeyView View(VirtualKey key, DateTimeOffset now) =>
        new(key.Id, key.Name, key.Tenant, key.Team, key.Models, key.Hint, StateOf(key, now),
            key.Origin == KeyOrigin.Configuration ? "configuration" : "store", key.CreatedAt, key.ExpiresAt, key.RevokedAt,
            key.Labels, key.AllowLabels);

    private static string StateOf(VirtualKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "active";
}
