namespace Weir.Core.Configuration.Validation;

/// <summary>Listeners and telemetry.</summary>
internal static class ServerRules
{
    public static void Check(RuleContext context)
    {
        var (server, bag) = (context.Documents.Server, context.Bag);
        if (server.Tls is { } tls)
        {
            if (tls.Certificate is null != tls.Key is null)
                bag.Add(DiagnosticCodes.HalfTls, "server.tls", tls.Key is null ? "'key' is missing" : "'certificate' is missing");
            else if (tls.Certificate is null)
                bag.Add(DiagnosticCodes.HalfTls, "server.tls", "'certificate' and 'key' are missing");
            context.CheckFile(tls.Certificate, "server.tls.certificate");
            context.CheckFile(tls.Key, "server.tls.key");
        }
        if (server.Listen.Port != 0 && server.Listen.Port == server.Admin.Port && Overlap(server))
            bag.Add(DiagnosticCodes.BadListen, bag.Marks.Contains("server.admin") ? "server.admin" : "server.listen", $"'listen' and 'admin' share port {server.Listen.Port}");
        foreach (var (name, secret) in context.Documents.Telemetry.Otlp?.Headers ?? new Dictionary<string, Documents.SecretRef>())
            context.Resolve(secret, $"telemetry.otlp.headers.{name}", 1, header: false);
    }

    private static bool Overlap(Documents.ServerSpec server) =>
        server.Listen.Address.Equals(server.Admin.Address) || server.Listen.Address.Equals(System.Net.IPAddress.IPv6Any)
        || server.Admin.Address.Equals(System.Net.IPAddress.IPv6Any);
}
