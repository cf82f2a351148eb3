using Weir.Core.Providers;
using Weir.Core.Routing.Health;
using Weir.Core.Upstream.Auth;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class SharedCredentialTests : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly ManualTime _time = new();
    private readonly LocalSharedHealth _shared = new();
    private readonly List<HealthNotice> _said = [];
    private readonly SharedCredentials _sharedHere;
    private readonly SharedCredentials _sharedThere;
    private readonly CredentialPool _here;
    private readonly CredentialPool _there;
    private readonly UpstreamCredential _a = Of("a", "secret of a"), _b = Of("b", "secret of b");

    public SharedCredentialTests()
    {
        _shared.Observe(_said.Add);
        _sharedHere = new SharedCredentials(_shared, Key, _time);
        _sharedThere = new SharedCredentials(_shared, Key, _time);
        _here = new CredentialPool(_time, "p", _sharedHere);
        _there = new CredentialPool(_time, "p", _sharedThere);
    }

    [Fact]
    public void A_credential_that_one_replica_was_refused_with_pauses_in_the_other_and_is_tried_there_before_it_is_used()
    {
        Assert.Equal("ab", Next(_there) + Next(_there));

        _here.Pause(_a, 401, null);

        Assert.Equal("bbb", Next(_there) + Next(_there) + Next(_there));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("a", Next(_there) + Next(_there), StringComparison.Ordinal);
        Assert.Equal("bb", Next(_there) + Next(_there));
        _there.Accept(_a);
        Assert.Contains("a", Next(_there) + Next(_there), StringComparison.Ordinal);
        Assert.Contains("a", Next(_there) + Next(_there), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_was_taken_elsewhere_is_tried_at_once()
    {
        _here.Pause(_a, 429, TimeSpan.FromSeconds(10));
        Next(_there);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("a", Next(_there) + Next(_there), StringComparison.Ordinal);
        _here.Pause(_a, 401, null);
        Assert.Equal("b", Next(_here));

        _there.Accept(_a);
        _sharedThere.Tell(new HealthNotice(HealthChange.Closed, _sharedHere.NameOf("p", _a), null, "taken again"));

        Assert.Contains("a", Next(_here) + Next(_here), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_is_made_later_knows()
    {
        _here.Pause(_a, 401, null);

        var late = new CredentialPool(_time, "p", _sharedThere);
        Assert.Equal("bb", Next(late) + Next(late));
    }

    [Fact]
    public void A_credential_that_was_replaced_under_its_name_is_another_one()
    {
        _here.Pause(_a, 401, null);

        Assert.Equal("a", _there.Choose([Of("a", "another secret"), _b], [])!.Name);
    }

    [Fact]
    public void A_pause_that_others_tell_of_ends_within_the_hour()
    {
        _shared.Publish(new HealthNotice(HealthChange.Opened, _sharedHere.NameOf("p", _a), _time.GetUtcNow() + TimeSpan.FromDays(9), "said so"));
        Assert.Equal("bb", Next(_there) + Next(_there));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("a", Next(_there) + Next(_there), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_does_not_show_the_secret_and_cannot_be_found_without_the_replicas_key()
    {
        _here.Pause(_a, 401, null);

        var notice = Assert.Single(_said);
        Assert.DoesNotContain("secret", notice.ToString(), StringComparison.Ordinal);
        using var stranger = new SharedCredentials(_shared, new byte[32], _time);
        Assert.NotEqual(notice.Subject, stranger.NameOf("p", _a));
        Assert.Equal(notice.Subject, _sharedThere.NameOf("p", _a));
        Assert.NotEqual(notice.Subject, _sharedHere.NameOf("q", _a));
    }

    public void Dispose()
    {
        _sharedHere.Dispose();
        _sharedThere.Dispose();
    }

    private static UpstreamCredential Of(string name, string secret) => new(name, 1, HeaderAuth.Of(AuthScheme.Bearer, new Credential(secret, "env:X"))!);

    private string Next(CredentialPool pool) => pool.Choose([_a, _b], [])!.Name;
}
