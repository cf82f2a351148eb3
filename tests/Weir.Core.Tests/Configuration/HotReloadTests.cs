using System.Text;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Secrets;

namespace Weir.Core.Tests.Configuration;

public sealed class HotReloadTests : IDisposable
{
    private const string Good = "providers:\n  - {name: one, kind: openai, credential: {fromFile: key.txt}}\nmodels:\n  - {name: a, targets: [{provider: one, model: gpt-5}]}\n";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-reload-");
    private readonly string _file;

    public HotReloadTests()
    {
        _file = Path.Combine(_directory.FullName, "weir.yaml");
        File.WriteAllText(Path.Combine(_directory.FullName, "key.txt"), "credential-number-one\n");
        File.WriteAllText(_file, Good);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private ConfigurationHolder Holder()
    {
        LoadResult Load(long version) => ConfigurationLoader.LoadFile(_file, Kit.Context with { Secrets = new SystemSecrets(_directory.FullName) }, version);
        return new ConfigurationHolder(Load, Load(1), Kit.Context.Time);
    }

    [Fact]
    public void Bad_never_replaces_good_and_good_clears_the_fault()
    {
        var holder = Holder();
        var first = holder.Current;
        File.WriteAllText(_file, Good + "colour: red\n");
        Assert.Equal(ReloadKind.Refused, holder.Reload().Kind);
        Assert.Same(first, holder.Current);
        Assert.Equal("WEIR1006", Assert.Single(holder.Fault!.Diagnostics).Code);

        File.WriteAllText(_file, Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        Assert.Equal(ReloadKind.Replaced, holder.Reload().Kind);
        Assert.Null(holder.Fault);
        Assert.Equal(2, holder.Current.Version);
        Assert.NotNull(holder.Current.Models.Find("b"));
        Assert.NotNull(first.Models.Find("a"));
    }

    [Fact]
    public void Going_back_to_the_good_text_clears_the_fault_too()
    {
        var holder = Holder();
        File.WriteAllText(_file, "]");
        holder.Reload();
        Assert.NotNull(holder.Fault);
        File.WriteAllText(_file, Good);
        holder.Reload();
        Assert.Null(holder.Fault);
    }

    [Fact]
    public void The_same_configuration_changes_nothing()
    {
        var holder = Holder();
        var (first, told) = (holder.Current, 0);
        holder.Reloaded += _ => told++;
        Assert.Equal(ReloadKind.Unchanged, holder.Reload().Kind);
        Assert.Same(first, holder.Current);
        Assert.Equal(0, told);
    }

    [Fact]
    public void A_file_that_vanishes_leaves_the_last_good_configuration()
    {
        var holder = Holder();
        File.Delete(_file);
        Assert.Equal(ReloadKind.Refused, holder.Reload().Kind);
        Assert.NotNull(holder.Current.Models.Find("a"));
    }

    [Fact]
    public async Task Readers_see_whole_snapshots_only()
    {
        File.WriteAllText(_file, Good.Replace("gpt-5", "a", StringComparison.Ordinal));
        var holder = Holder();
        using var stop = new CancellationTokenSource();
        // On a busy machine the pool may start the reader late: the reloads wait for its first read.
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reader = Task.Run(() =>
        {
            long last = 0;
            while (!stop.IsCancellationRequested)
            {
                var snapshot = holder.Current;
                Assert.True(snapshot.Version >= last);
                last = snapshot.Version;
                // Names within one snapshot agree with each other: the model's target is the provider of the same load.
                var target = snapshot.Models.All[0].Targets[0];
                Assert.Same(snapshot.Providers[target.Provider.Name], target.Provider);
                Assert.Equal(snapshot.Models.All[0].Name, target.Model);
                reading.TrySetResult();
            }
        });
        await Task.WhenAny(reading.Task, reader);
        for (var i = 0; i < 50; i++)
        {
            File.WriteAllText(_file, Good.Replace("name: one", $"name: p{i}", StringComparison.Ordinal).Replace("provider: one", $"provider: p{i}", StringComparison.Ordinal)
                .Replace("name: a", $"name: m{i}", StringComparison.Ordinal).Replace("gpt-5", $"m{i}", StringComparison.Ordinal));
            Assert.Equal(ReloadKind.Replaced, holder.Reload().Kind);
        }
        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public void Mutated_files_never_throw_and_never_replace_a_good_snapshot_with_a_bad_one()
    {
        var seed = File.ReadAllText(_file) + """
            server: {listen: ":8080", limits: {maxBody: 64MiB}}
            routes: [{name: r, match: {models: ["x-*"]}, model: a}]
            keys:
              - name: k
                hash: "00000000000000010000000000000002000000000000000300000000000000ff"
            prices: [{name: p, model: "*", input: 1.5}]
            """;
        var random = new Random(20261121);
        var holder = Holder();
        int refused = 0, replaced = 0;
        for (var i = 0; i < 400; i++)
        {
            File.WriteAllBytes(_file, Mutate(Encoding.UTF8.GetBytes(seed), random));
            var before = holder.Current;
            var outcome = holder.Reload();
            refused += outcome.Kind == ReloadKind.Refused ? 1 : 0;
            replaced += outcome.Kind == ReloadKind.Replaced ? 1 : 0;
            if (outcome.Kind == ReloadKind.Refused)
            {
                Assert.Same(before, holder.Current);
                Assert.Contains(holder.Fault!.Diagnostics, d => d.Severity == Severity.Error);
                // Anything the loader itself failed to name would end up under the catch-all.
                Assert.DoesNotContain(outcome.Diagnostics, d => d.Message.StartsWith("loading failed", StringComparison.Ordinal));
            }
            else if (outcome.Kind == ReloadKind.Replaced)
            {
                Assert.DoesNotContain(outcome.Diagnostics, d => d.Severity == Severity.Error);
            }
        }
        Assert.True(refused > 200 && replaced > 5, $"{refused} refused, {replaced} replaced");
    }

    [Fact]
    public async Task The_watcher_sees_a_replaced_file()
    {
        var holder = Holder();
        using var watcher = new ConfigurationWatcher(holder, _file, TimeProvider.System);
        var changed = Next(holder);
        var other = Path.Combine(_directory.FullName, "weir.yaml.tmp");
        File.WriteAllText(other, Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        File.Move(other, _file, overwrite: true);
        Assert.NotNull((await changed).Snapshot.Models.Find("b"));
    }

    [Fact]
    public async Task The_watcher_sees_a_rotated_secret_file()
    {
        var holder = Holder();
        using var watcher = new ConfigurationWatcher(holder, _file, TimeProvider.System);
        var changed = Next(holder);
        File.WriteAllText(Path.Combine(_directory.FullName, "key.txt"), "credential-number-two\n");
        Assert.Equal("credential-number-two", (await changed).Snapshot.Providers["one"].Credential!.Reveal());
    }

    [Fact]
    public async Task The_watcher_sees_a_Kubernetes_volume_swap()
    {
        // kubelet: weir.yaml -> ..data/weir.yaml, ..data -> ..2026_1; an update renames a new ..data over the old one.
        File.Delete(_file);
        Version("..2026_1", Good);
        Directory.CreateSymbolicLink(Path.Combine(_directory.FullName, "..data"), "..2026_1");
        File.CreateSymbolicLink(_file, Path.Combine("..data", "weir.yaml"));
        var holder = Holder();
        using var watcher = new ConfigurationWatcher(holder, _file, TimeProvider.System);
        var changed = Next(holder);
        Version("..2026_2", Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        var link = Path.Combine(_directory.FullName, "..data_tmp");
        Directory.CreateSymbolicLink(link, "..2026_2");
        Rename(link, Path.Combine(_directory.FullName, "..data"));
        Assert.NotNull((await changed).Snapshot.Models.Find("b"));
    }

    [Fact]
    public async Task The_watcher_is_not_kept_waiting_by_other_files_of_the_directory()
    {
        var holder = Holder();
        var time = new DeadlineClock();
        using var watcher = new ConfigurationWatcher(holder, _file, time);
        var changed = Next(holder);
        File.WriteAllText(_file, Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        // A database beside it is written faster than any quiet time.
        while (!changed.IsCompleted)
        {
            File.AppendAllText(Path.Combine(_directory.FullName, "weir.db-wal"), "page");
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(ConfigurationWatcher.Debounce / 4);
        }
        Assert.NotNull((await changed).Snapshot.Models.Find("b"));
    }

    [Theory, InlineData(""), InlineData("providers: [")]
    public async Task The_watcher_looks_twice_before_it_believes_an_empty_or_bad_file(string unfinished)
    {
        var holder = Holder();
        var time = new DeadlineClock();
        using var watcher = new ConfigurationWatcher(holder, _file, time);
        File.WriteAllText(_file, unfinished);
        for (var looked = TimeSpan.Zero; looked < ConfigurationWatcher.SecondLook; looked += ConfigurationWatcher.Debounce)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(ConfigurationWatcher.Debounce);
            Assert.True(holder.Fault is null && holder.Current.Models.Find("a") is not null, "believed at the first look");
        }
        var changed = Next(holder);
        File.WriteAllText(_file, Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        while (!changed.IsCompleted)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(ConfigurationWatcher.Debounce);
        }
        Assert.NotNull((await changed).Snapshot.Models.Find("b"));

        File.WriteAllText(_file, unfinished);
        while (holder.Fault is null && holder.Current.Models.Find("b") is not null)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(ConfigurationWatcher.SecondLook);
        }
    }

    [Fact]
    public async Task A_reload_can_be_asked_for()
    {
        var holder = Holder();
        using var watcher = new ConfigurationWatcher(holder, _file, new StoppedTime());
        File.WriteAllText(_file, Good.Replace("name: a", "name: b", StringComparison.Ordinal));
        var outcome = await watcher.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ReloadKind.Replaced, outcome.Kind);
        Assert.NotNull(holder.Current.Models.Find("b"));
    }

    private static Task<ReloadOutcome> Next(ConfigurationHolder holder)
    {
        var next = new TaskCompletionSource<ReloadOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        holder.Reloaded += o =>
        {
            if (o.Kind == ReloadKind.Replaced)
                next.TrySetResult(o);
        };
        return next.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private void Version(string name, string text)
    {
        var directory = _directory.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(directory.FullName, "weir.yaml"), text);
    }

    // File.Move follows neither end; rename(2) on the link itself is what kubelet does.
    private static void Rename(string from, string to)
    {
        using var mv = System.Diagnostics.Process.Start("mv", ["-T", from, to]);
        mv.WaitForExit();
        Assert.Equal(0, mv.ExitCode);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var edits = random.Next(1, 4); edits > 0 && list.Count > 0; edits--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(9))
            {
                // Harmless edits, so that good versions come up in between: comments at line ends, other numbers.
                case 6 or 7:
                    at = list.IndexOf((byte)'\n', at);
                    list.InsertRange(at < 0 ? list.Count : at, Encoding.UTF8.GetBytes($" # {random.Next()}"));
                    break;
                case 8:
                    at = list.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    list[Math.Max(at, 0)] = at < 0 ? list[0] : (byte)('0' + random.Next(10));
                    break;
                case 0: list.RemoveRange(at, list.Count - at); break;
                case 1: list.RemoveAt(at); break;
                case 2: list[at] = (byte)random.Next(256); break;
                case 3: list.Insert(at, (byte)"{}[]:,&*!|>'\"%@`#-\t\n \0"[random.Next(22)]); break;
                case 4: list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 40), list.Count - at))); break;
                default: list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at)); break;
            }
        }
        return [.. list];
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
