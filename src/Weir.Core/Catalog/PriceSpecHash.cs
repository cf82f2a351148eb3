using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Catalog;

/// <summary>
/// The version a configured price is recorded under: a hash of what it says, so that a ledger row names the very
/// prices used, and changing one price does not restamp the others.
/// </summary>
internal static class PriceSpecHash
{
    public static string Version(PriceSpec spec)
    {
        var text = new StringBuilder();
        void Say(string name, string? value)
        {
            if (value is not null)
                text.Append(name).Append('=').Append(value).Append('\n');
        }

        void Fields(string prefix, PriceFields fields)
        {
            foreach (var (name, value) in fields.Stated())
                Say(prefix + name, value);
        }

        void Tiers(string prefix, IReadOnlyList<PriceTierSpec>? tiers)
        {
            foreach (var tier in tiers ?? [])
                Fields(string.Create(CultureInfo.InvariantCulture, $"{prefix}>{tier.Above}."), tier);
        }

        Say("provider", spec.Provider);
        Say("model", spec.Model);
        Say("from", spec.EffectiveFrom);
        Say("until", spec.EffectiveUntil);
        Say("free", spec.Free ? "true" : null);
        Fields("", spec);
        Tiers("", spec.ContextTiers);
        foreach (var (name, tier) in (spec.ServiceTiers ?? ImmutableDictionary<string, PriceTierSpec>.Empty).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Say(name + ".multiplier", tier.Multiplier);
            Fields(name + ".", tier);
            Tiers(name, tier.ContextTiers);
        }

        foreach (var (kind, price) in (spec.Images ?? ImmutableDictionary<string, string>.Empty).OrderBy(i => i.Key, StringComparer.Ordinal))
            Say("image." + kind, price);
        foreach (var (name, ratio) in (spec.Regions ?? ImmutableDictionary<string, string>.Empty).OrderBy(r => r.Key, StringComparer.Ordinal))
            Say("region." + name, ratio);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return "config+" + Convert.ToHexStringLower(hash.AsSpan(0, 6));
    }
}
