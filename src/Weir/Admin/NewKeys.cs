using System.Diagnostics.CodeAnalysis;
using Weir.Admin.Contracts;
using Weir.Core.Identity;

namespace Weir.Admin;

/// <summary>Checks a request for a key and fills in its defaults.</summary>
internal static class NewKeys
{
    private const int MaxName = 100;

    // Ten years: a longer number is a slip of units.
    private const long MaxLifetimeSeconds = 10L * 366 * 24 * 3600;

    /// <summary>Null and the key to make, or what is wrong.</summary>
    public static string? Check(CreateKeyRequest body, IReadOnlyDictionary<string, string> teams, DateTimeOffset now, out NewKey request)
    {
        request = new NewKey("", "", null, [], null);
        if (!IsName(body.Name))
            return $"name: 1 to {MaxName} visible characters are needed.";
        if ((body.Tenant is not null && !IsName(body.Tenant)) || (body.Team is not null && !IsName(body.Team)))
            return $"tenant and team: 1 to {MaxName} visible characters each.";
        var owner = body.Team is not null && teams.TryGetValue(body.Team, out var declared) ? declared : null;
        if (owner is not null && body.Tenant is not null && body.Tenant != owner)
            return $"team: '{body.Team}' belongs to tenant '{owner}', not to '{body.Tenant}'.";
        if (body.Models is { } models && models.FirstOrDefault(m => !IsModel(m)) is { } bad)
            return $"models: '{bad}' is not a model name or a pattern with one '*' at its end.";
        if (body is { ExpiresAt: not null, ExpiresInSeconds: not null })
            return "expiresAt and expiresInSeconds exclude each other.";
        if (body.ExpiresInSeconds is <= 0 or > MaxLifetimeSeconds)
            return "expiresInSeconds: between 1 second and 10 years.";
        var expires = body.ExpiresInSeconds is { } seconds ? now.AddSeconds(seconds) : body.ExpiresAt?.ToUniversalTime();
        if (expires <= now)
            return "expiresAt: lies in the past.";
        if (body.Labels is { } labels && labels.Any(l => !LabelGrant.IsName(l.Key) || l.Value is null || !LabelGrant.IsValue(l.Value)))
            return $"labels: names have lower-case letters, digits, '-', '_' and '.' ({LabelGrant.MaxName} at most), values 1 to {LabelGrant.MaxValue} printable characters without a comma.";
        if (body.AllowLabels is { } allowed && allowed.FirstOrDefault(a => a is null || !LabelGrant.IsGrant(a)) is { } wrong)
            return $"allowLabels: '{wrong}' is neither the name of a label nor name=value.";
        request = new NewKey(body.Name, owner ?? body.Tenant ?? "default", body.Team, body.Models ?? [], expires)
        {
            AllowLabels = body.AllowLabels ?? [],
        };
        if (body.Labels is { Count: > 0 } given)
            request = request with { Labels = given };
        return null;
    }

    private static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxName } && text.Trim().Length == text.Length && !text.Any(char.IsControl);

    private static bool IsModel(string? text) =>
        IsName(text) && text.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == text.Length - 1);
}
