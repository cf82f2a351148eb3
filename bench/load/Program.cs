using Weir.Load;
using Weir.Load.Mock;
using Weir.Load.Report;
using Weir.Load.Run;

const string Usage = """
    weir-load mock    --listen 127.0.0.1:PORT [--chunks N] [--pace MS] [--delay MS] [--status CODE]
    weir-load run     --url URL (--closed | --rate PER_SECOND) [-c N] [--duration S] [--count N] ...
    weir-load streams --url URL [-c 4000] [--ramp PER_SECOND] [--duration S]
    weir-load report  --raw FILE.jsonl --out PATH_WITHOUT_EXTENSION [--title T] [--condition NAME=VALUE]...
    See bench/README.md for every option.
    """;

if (args.Length == 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    Arguments arguments = new(args[1..]);
    return args[0] switch
    {
        "mock" => MockCommand.Execute(arguments, stop.Token),
        "run" => RunCommand.Execute(arguments, holdStreams: false, stop.Token),
        "streams" => RunCommand.Execute(arguments, holdStreams: true, stop.Token),
        "report" => ReportCommand.Execute(arguments),
        _ => throw new UsageException($"unknown command '{args[0]}'"),
    };
}
catch (UsageException e)
{
    Console.Error.WriteLine($"weir-load: {e.Message}\n{Usage}");
    return 2;
}
