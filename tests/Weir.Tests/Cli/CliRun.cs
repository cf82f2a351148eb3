using Xunit;
using Weir.Cli;
using Weir.Core.Configuration;
using Weir.Tests.Admin;

namespace Weir.Tests.Cli;

/// <summary>Runs a command line in this process and keeps what it wrote.</summary>
internal sealed class CliRun : IServerLauncher, IConfigurationTool
{
    public UpOptions? Up { get; private set; }
    public SimulateOptions? Simulate { get; private set; }
    public List<Diagnostic> Diagnostics { get; } = [];
    public Dictionary<string, string> Variables { get; } = new() { ["WEIR_ADMIN_TOKEN"] = AdminTestServer.Token, ["WEIR_DATA"] = "/nowhere/weir-test-data" };
    public bool Color { get; init; }

    public Task<(int Exit, string Out, string Error)> RunAsync(AdminTestServer? server, params string[] args) =>
        RunAsync(server, TestContext.Current.CancellationToken, args);

    /// <summary>The same, ended by <paramref name="interrupt"/> as by Ctrl-C.</summary>
    public async Task<(int Exit, string Out, string Error)> RunAsync(AdminTestServer? server, CancellationToken interrupt, params string[] args)
    {
        if (server is not null)
            Variables["WEIR_ADMIN_URL"] = server.Address.ToString();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var console = new CliConsole
        {
            Out = output,
            Error = error,
            Color = Color,
            ErrorColor = Color,
            Variable = name => Variables.GetValueOrDefault(name),
            Time = new FixedTime(Fixtures.Now),
        };
        var exit = await WeirCli.RunAsync(args, console, this, this, interrupt);
        return (exit, output.ToString(), error.ToString());
    }

    public Task<int> UpAsync(UpOptions options, CliConsole console, CancellationToken cancellationToken)
    {
        Up = options;
        return Task.FromResult(ExitCode.Ok);
    }

    public Task<int> SimulateAsync(SimulateOptions options, CliConsole console, CancellationToken cancellationToken)
    {
        Simulate = options;
        return Task.FromResult(ExitCode.Ok);
    }

    public IReadOnlyList<Diagnostic> Check(string path) => Diagnostics;

    public string Schema() => """{"$schema":"https://json-schema.org/draft/2020-12/schema"}""";
}
