using Weir.Cli;
using Weir.Hosting;

// Kestrel's switch for bare line feeds in headers: two parsers must never disagree about where a header ends.
AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

return await WeirCli.RunAsync(args, CliConsole.System(), new ServerLauncher(), new ConfigurationTool(TimeProvider.System));
