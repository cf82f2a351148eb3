using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// `allocations …` looks at a running process, `keys …` fills a data directory; bench/run.sh uses both.
if (args is ["allocations", .. var rest])
    return await Weir.Benchmarks.Allocations.AllocationCommand.RunAsync(rest);
if (args is ["keys", .. var fill])
    return await Weir.Benchmarks.KeyFill.RunAsync(fill);
// `lanes` is the matrix of all dialects, whose 64 pairs would keep the harness below busy for ten minutes.
if (args is ["lanes", .. var lanes])
    return Weir.Benchmarks.Lanes.LaneCommand.Run(lanes);
// `pools` simulates engines behind a pool.
if (args is ["pools", .. var pools])
    return Weir.Benchmarks.Pools.PoolCommand.Run(pools);

// `routing` runs the simulations of routing and measures a decision.
if (args is ["routing", .. var routing])
    return await Weir.Benchmarks.Routing.RoutingCommand.RunAsync(routing);
// `reload` changes a configuration file under load.
if (args is ["reload", .. var reload])
    return await Weir.Benchmarks.Reload.ReloadCommand.RunAsync(reload);

// dotnet run -c Release --project bench/Weir.Benchmarks -- --filter '*'
// In process: the generated-project toolchain needs packages that are not everywhere.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(Weir.Benchmarks.RequestBenchmarks).Assembly).Run(args, config);
return 0;
