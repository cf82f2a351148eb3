using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Tenants, teams and keys: references that hold, secrets that can be told apart.</summary>
internal static class KeyRules
{
    public const int ShortestSecret = 20;
    public const int LongestSecret = 256;

    /// <summary>The tenant that always exists.</summary>
    public const string DefaultTenant = "default";

    public static void Check(RuleContext context)
    {
        var (documents, bag) = (context.Documents, context.Bag);
        string[] tenants = [DefaultTenant, .. documents.Tenants.Select(t => t.Name)];
        foreach (var team in documents.Teams)
            CheckTenant(team.Spec.Tenant, team.Path + ".tenant", tenants, bag);
        var served = new ServedNames(documents, withRoutes: true);
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in documents.Keys)
        {
            CheckTenant(key.Spec.Tenant, key.Path + ".tenant", tenants, bag);
            CheckTeam(key, documents, bag);
            CheckSecret(key, secrets, context);
            CheckGrants(key, served, bag);
            if (key.Spec.ExpiresAt <= context.Now)
                bag.Add(DiagnosticCodes.ExpiredKey, key.Path + ".expiresAt", $"'{key.Name}' expired on {key.Spec.ExpiresAt:yyyy-MM-dd}");
        }
    }

    /// <summary>The tenant a key belongs to: its own, its team's, or the default.</summary>
    public static string TenantOf(KeySpec key, ConfigurationDocuments documents) =>
        key.Tenant ?? documents.Teams.FirstOrDefault(t => t.Name == key.Team)?.Spec.Tenant ?? DefaultTenant;

    private static void CheckTenant(string? tenant, string path, string[] tenants, DiagnosticBag bag)
    {
        if (tenant is not null && !tenants.Contains(tenant))
            bag.Add(DiagnosticCodes.UnknownTenant, path, $"no tenant '{tenant}'", DidYouMean.Hint(tenant, tenants));
    }

    private static void CheckTeam(Document<KeySpec> key, ConfigurationDocuments documents, DiagnosticBag bag)
    {
        if (key.Spec.Team is not { } name)
            return;
        var team = documents.Teams.FirstOrDefault(t => t.Name == name);
        if (team is null)
            bag.Add(DiagnosticCodes.UnknownTeam, key.Path + ".team", $"no team '{name}'", DidYouMean.Hint(name, [.. documents.Teams.Select(t => t.Name)]));
        else if (key.Spec.Tenant is { } tenant && tenant != team.Spec.Tenant)
            bag.Add(DiagnosticCodes.TeamOfOtherTenant, key.Path + ".team", $"team '{name}' belongs to tenant '{team.Spec.Tenant}', not '{tenant}'");
    }

    private static void CheckSecret(Document<KeySpec> key, Dictionary<string, string> secrets, RuleContext context)
    {
        var path = key.Path + ".secret";
        var identity = context.Resolve(key.Spec.Secret, path, ShortestSecret, header: true);
        if (key.Spec.Hash is { } hash)
        {
            path = key.Path + ".hash";
            if (hash.Length == 64 && hash.All(char.IsAsciiHexDigit))
                identity = "hash:" + hash.ToLowerInvariant();
            else
                context.Bag.Add(DiagnosticCodes.BadHash, path, $"a hash has 64 hexadecimal digits, this has {hash.Length} characters", "name the secret instead: secret: { fromEnv: NAME }");
        }
        if (identity is not null && !secrets.TryAdd(identity, key.Name))
            context.Bag.Add(DiagnosticCodes.SharedSecret, path, $"'{key.Name}' has the same secret as '{secrets[identity]}'");
    }

    private static void CheckGrants(Document<KeySpec> key, ServedNames served, DiagnosticBag bag)
    {
        for (var i = 0; i < key.Spec.Models.Count; i++)
        {
            var grant = key.Spec.Models[i];
            if (grant != "*" && !served.Overlaps(grant))
                bag.Add(DiagnosticCodes.GrantMatchesNothing, $"{key.Path}.models[{i}]", $"no model matches '{grant}'", DidYouMean.Hint(grant, served.Exact));
        }
    }
}
