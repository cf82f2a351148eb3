using System.ComponentModel;
using System.Diagnostics;
using Weir.Tests.Stores;

namespace Weir.Tests.Upstream;

/// <summary>OpenSSL's own server, which demands a client certificate and says so in a TLS alert, as .NET's servers do not. Tests are skipped where there is no openssl.</summary>
internal sealed class OpenSslServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private OpenSslServer(TemporaryFolder folder, Process process, Uri baseUrl) => (_folder, _process, BaseUrl) = (folder, process, baseUrl);

    public Uri BaseUrl { get; }

    public static async Task<OpenSslServer> StartAsync(string pem, string key, string authority, string version)
    {
        var folder = new TemporaryFolder();
        string Save(string name, string text)
        {
            File.WriteAllText(folder.File(name), text);
            return folder.File(name);
        }
        var info = new ProcessStartInfo("openssl") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["s_server", "-accept", "127.0.0.1:0", version, "-Verify", "2", "-verify_return_error", "-www",
            "-cert", Save("cert.pem", pem), "-cert_chain", folder.File("cert.pem"), "-key", Save("key.pem", key), "-CAfile", Save("ca.pem", authority)])
            info.ArgumentList.Add(argument);
        Process process;
        try
        {
            process = Process.Start(info)!;
        }
        catch (Win32Exception)
        {
            folder.Dispose();
            Assert.Skip("there is no openssl on this machine");
            throw;
        }
        _ = process.StandardError.ReadToEndAsync();
        // "ACCEPT 127.0.0.1:PORT": where it listens.
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("ACCEPT 127", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new OpenSslServer(folder, process, new Uri($"https://{line["ACCEPT ".Length..]}/v1"));
            }
        }
        throw new InvalidOperationException("openssl s_server did not start");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
