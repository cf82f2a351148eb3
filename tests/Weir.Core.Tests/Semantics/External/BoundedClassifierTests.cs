using Weir.Core.Semantics.External;

namespace Weir.Core.Tests.Semantics.External;

public sealed class BoundedClassifierTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(50);
    private static readonly ContentVerdict Default = new("chat", 0);

    private readonly DeadlineClock _clock = new();
    private readonly TaskCompletionSource<ContentVerdict?> _answer = new();

    [Fact]
    public async Task An_answer_in_time_counts()
    {
        var asked = Ask(CancellationToken.None);
        _clock.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(asked.IsCompleted);
        _answer.SetResult(new ContentVerdict("code", 0.9f));
        Assert.Equal(new BoundedVerdict(new ContentVerdict("code", 0.9f), VerdictSource.Classifier), await asked);
    }

    [Fact]
    public async Task After_the_deadline_the_default_counts_though_the_service_never_gives_up()
    {
        var asked = Ask(CancellationToken.None);
        _clock.Advance(Deadline);
        Assert.Equal(new BoundedVerdict(Default, VerdictSource.DeadlinePassed), await asked);
    }

    [Fact]
    public async Task A_failure_is_the_default_at_once()
    {
        var asked = Ask(CancellationToken.None);
        _answer.SetException(new HttpRequestException("refused"));
        Assert.Equal(new BoundedVerdict(Default, VerdictSource.Failed), await asked);
    }

    [Fact]
    public async Task So_is_an_answer_that_makes_no_sense()
    {
        var asked = Ask(CancellationToken.None);
        _answer.SetResult(null);
        Assert.Equal(new BoundedVerdict(Default, VerdictSource.Failed), await asked);
    }

    [Fact]
    public async Task A_client_that_goes_is_no_verdict()
    {
        using var gone = new CancellationTokenSource();
        var asked = Ask(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private Task<BoundedVerdict> Ask(CancellationToken cancel) =>
        new BoundedClassifier(new Stub(_answer.Task), Deadline, Default, _clock).ClassifyAsync("x"u8.ToArray(), cancel).AsTask();

    private sealed class Stub(Task<ContentVerdict?> answer) : IContentClassifier
    {
        public ValueTask<ContentVerdict?> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel) => new(answer);
    }
}
