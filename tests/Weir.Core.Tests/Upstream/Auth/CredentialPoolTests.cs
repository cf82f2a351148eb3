using Weir.Core.Providers;
using Weir.Core.Upstream.Auth;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class CredentialPoolTests
{
    private readonly ManualTime _time = new();
    private readonly CredentialPool _pool;
    private readonly UpstreamCredential _a = Key("a", 3), _b = Key("b", 1);

    public CredentialPoolTests() => _pool = new CredentialPool(_time);

    private static UpstreamCredential Key(string name, int weight) =>
        new(name, weight, HeaderAuth.Of(AuthScheme.Bearer, new Credential($"secret of {name}", "env:X"))!);

    private string Next(params UpstreamCredential[] spent) => _pool.Choose([_a, _b], spent)?.Name ?? "none";

    [Fact]
    public void Calls_are_shared_by_weight_without_bursts() =>
        Assert.Equal("aabaaaba", string.Concat(Enumerable.Range(0, 8).Select(_ => Next())));

    [Fact]
    public void A_refused_credential_pauses_and_comes_back()
    {
        _pool.Pause(_a, 429, TimeSpan.FromSeconds(30));
        Assert.Equal("bbb", Next() + Next() + Next());
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("a", Next() + Next(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_pause_one_call_tries_it_and_the_others_wait_for_how_that_ends()
    {
        _pool.Pause(_a, 401, null);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("a", Next());
        Assert.Equal("bbb", Next() + Next() + Next());

        _pool.Accept(_a);

        Assert.Contains("aa", Next() + Next() + Next() + Next(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_refusal_in_turn_doubles_a_pause_that_nobody_set()
    {
        foreach (var minutes in new[] { 5, 10, 20, 40, 60, 60 })
        {
            _pool.Pause(_a, 401, null);
            _pool.Pause(_a, 401, null); // a call that was under way at the same time
            _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal("bbbb", Next() + Next() + Next() + Next());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Contains("a", Next() + Next(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void When_all_pause_the_one_that_is_back_first_is_tried()
    {
        _pool.Pause(_a, 401, null);
        _pool.Pause(_b, 429, null);
        Assert.Equal("b", Next());
        Assert.Equal("a", Next(_b));
        Assert.Equal("none", Next(_a, _b));
    }

    [Fact]
    public void A_replaced_credential_starts_anew()
    {
        _pool.Pause(_a, 401, null);
        var replaced = _a with { Settings = HeaderAuth.Of(AuthScheme.Bearer, new Credential("another secret", "env:X"))! };
        Assert.Equal("a", _pool.Choose([replaced, _b], [])!.Name);
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        Assert.DoesNotContain("secret of", _a.ToString(), StringComparison.Ordinal);
        var aws = new AwsAuth(AwsSource.Static, "r", "s") { SecretAccessKey = new Credential("secret of aws", "env:Y") };
        Assert.DoesNotContain("secret of", aws.ToString(), StringComparison.Ordinal);
    }
}
