using Weir.Cli;

var parts = new NotAssembled();
return await WeirCli.RunAsync(args, CliConsole.System(), parts, parts);
