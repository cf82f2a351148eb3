using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Identity;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Key documents as virtual keys under the installation's hash. The secrets end here.</summary>
internal static class KeyCompiler
{
    private const int HintLength = 7;

    public static FrozenDictionary<KeyHash, VirtualKey> Compile(RuleContext context) =>
        context.Documents.Keys.Select(d => Compile(d, context)).ToFrozenDictionary(k => k.Hash);

    private static VirtualKey Compile(Document<KeySpec> document, RuleContext context)
    {
        var spec = document.Spec;
        var tenant = KeyRules.TenantOf(spec, context.Documents);
        var secret = context.Resolved.GetValueOrDefault(document.Path + ".secret");
        return new VirtualKey
        {
            Id = IdOf(tenant, document.Name),
            Name = document.Name,
            Tenant = tenant,
            Team = spec.Team,
            Hash = secret is null ? KeyHash.FromBytes(Convert.FromHexString(spec.Hash!)) : context.Load.HashKey(secret),
            Hint = secret is null ? "wk-…" : secret[..HintLength] + "…",
            CreatedAt = context.Now,
            ExpiresAt = spec.ExpiresAt,
            Models = spec.Models,
            Labels = spec.Labels,
            AllowLabels = spec.AllowLabels,
            Origin = KeyOrigin.Configuration,
            ShowRoutingHeaders = spec.ShowRoutingHeaders,
        };
    }

    // Stable over reloads and replicas, so that a ledger entry keeps meaning the same key.
    private static string IdOf(string tenant, string name) =>
        "key_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{name}")).AsSpan(0, 10));
}
