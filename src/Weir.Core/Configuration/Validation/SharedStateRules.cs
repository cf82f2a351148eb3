using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Validation;

/// <summary>The store that replicas share: an address, a usable password, and nothing readable on the way.</summary>
internal static class SharedStateRules
{
    private const string Path = "sharedState";

    public static void Check(RuleContext context)
    {
        if (context.Documents.SharedState is not { Redis.Length: > 0 } shared)
            return;
        context.Resolve(shared.Password, $"{Path}.password", 8, header: false);
        context.ReadPem(shared.Tls?.CaBundle, $"{Path}.tls.caBundle");
        if (shared.Redis.Contains('@', StringComparison.Ordinal))
        {
            context.Bag.Add(DiagnosticCodes.LiteralSecret, $"{Path}.redis", "the address contains a user name or password", "remove it and write password: {fromEnv: NAME}");
            return;
        }
        if (StoreAddress.Parse(shared.Redis) is not { } address)
        {
            context.Bag.Add(DiagnosticCodes.BadStoreAddress, $"{Path}.redis", $"'{Printable.Show(shared.Redis)}' is not a host and port", Hint(shared.Redis));
            return;
        }
        if (shared.Tls is null && IsPublic(address))
            context.Bag.Add(DiagnosticCodes.PlainStore, $"{Path}.redis", $"{Printable.Show(shared.Redis)} is not a private address, and there is no TLS", "add tls: {}");
    }

    private static string Hint(string given) => given.IndexOf("://", StringComparison.Ordinal) is > 0 and var at
        ? $"write {Printable.Show(given[(at + 3)..].TrimEnd('/'))}{(given.StartsWith("rediss", StringComparison.OrdinalIgnoreCase) ? " and tls: {}" : "")}"
        : "for example redis.internal:6379";

    private static bool IsPublic(StoreAddress address)
    {
        var url = new UriBuilder("tcp", address.Host, address.Port).Uri;
        return !Addresses.IsPrivate(url) && !Addresses.IsInternalName(url);
    }
}
