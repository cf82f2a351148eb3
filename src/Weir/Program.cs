using System.Runtime.InteropServices;
using Weir.Cli;
using Weir.Hosting;

// Kestrel's switch for bare line feeds in headers: two parsers must never disagree about where a header ends.
AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await WeirCli.RunAsync(args, CliConsole.System(), new ServerLauncher(), new ConfigurationTool(TimeProvider.System), stop.Token);
