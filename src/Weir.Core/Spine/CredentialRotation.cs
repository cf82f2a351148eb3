using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth;

namespace Weir.Core.Spine;

/// <summary>
/// Which credential an attempt uses, and whether a refused attempt is repeated at the same target: with another
/// credential of the provider, or once with the same one when the refusal taught something (clock skew, a dead token).
/// </summary>
public sealed class CredentialRotation(IUpstreamAuths auths)
{
    /// <summary>Chooses a credential and writes it into the request. An error = none can be had.</summary>
    public ValueTask<GatewayError?> AuthenticateAsync(Exchange exchange, Attempt attempt, HttpRequestMessage message, UpstreamPayload payload, CancellationToken cancellationToken)
    {
        var provider = attempt.Planned.Target.Provider;
        attempt.Credential = exchange.HeldWith is { } held
            ? provider.Credentials.FirstOrDefault(c => c.Name == held)
            : Choose(provider, Spent(exchange, attempt));
        if (attempt.Credential is not { } credential)
            return default;
        attempt.Auth = provider.DialectAuth.TryGetValue(attempt.Planned.Dialect.Name, out var scheme) && credential.Settings is HeaderAuth key
            && HeaderAuth.Of(scheme, key.Secret) is { } other ? new HeaderUpstreamAuth(other) : auths.For(credential);
        return attempt.Auth.ApplyAsync(message, payload, cancellationToken);
    }

    /// <summary>Takes what a refusal's head tells about the credential.</summary>
    public static void Learn(Attempt attempt, HttpResponseMessage response)
    {
        if (attempt.Status is 400 or 401 or 403)
            attempt.LearntFromRefusal = attempt.Auth?.LearnFromRefusal(response) == true;
    }

    /// <summary>After an attempt that failed uncommitted: true = try the same target once more.</summary>
    public bool MayTryAgain(Exchange exchange, Attempt attempt)
    {
        if (attempt.Credential is not { } credential)
            return false;
        if (attempt.LearntFromRefusal && exchange.Attempts.Count(a => a.LearntFromRefusal && ReferenceEquals(a.Credential, credential)) == 1)
        {
            auths.TryAgain(attempt.Planned.Target.Provider, credential);
            return true;
        }
        if (!IsAboutCredential(attempt))
            return false;
        var provider = attempt.Planned.Target.Provider;
        auths.Pause(provider, credential, attempt.Status, attempt.Error?.RetryAfter);
        return HasAnother(exchange, attempt);
    }

    /// <summary>The provider has a credential that this call did not try at the target yet, and may use.</summary>
    public static bool HasAnother(Exchange exchange, Attempt attempt) =>
        exchange.HeldWith is null && attempt.Planned.Target.Provider.Credentials.Count > (Spent(exchange, attempt)?.Count ?? 0);

    /// <summary>An attempt ended well: its credential was taken.</summary>
    public void Accept(Attempt attempt)
    {
        if (attempt is { Outcome: AttemptOutcome.Ok, Credential: { } credential })
            auths.Accept(attempt.Planned.Target.Provider, credential);
    }

    /// <summary>One that was not refused yet. A repeat after all of them were: the first to be taken again may be any.</summary>
    private UpstreamCredential? Choose(Provider provider, HashSet<UpstreamCredential>? spent) =>
        (spent is null ? null : auths.Choose(provider, spent)) ?? auths.Choose(provider, []);

    private static bool IsAboutCredential(Attempt attempt) =>
        (attempt.Outcome == AttemptOutcome.Rejected && attempt.Status is 401 or 402 or 403 or 429)
        || attempt.Error?.Code == "upstream_credential_unavailable";

    /// <summary>
    /// Credentials this call has tried in vain where <paramref name="at"/> goes. Limits are per model: another target starts anew,
    /// and so does another server of a pool.
    /// </summary>
    private static HashSet<UpstreamCredential>? Spent(Exchange exchange, Attempt at)
    {
        HashSet<UpstreamCredential>? spent = null;
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt.Credential is { } credential && ReferenceEquals(attempt.Planned, at.Planned)
                && ReferenceEquals(attempt.Endpoint?.Endpoint, at.Endpoint?.Endpoint) && IsAboutCredential(attempt)
                && !ReferenceEquals(attempt, FirstLearnt(exchange, credential)))
                (spent ??= new HashSet<UpstreamCredential>(ReferenceEqualityComparer.Instance)).Add(credential);
        }
        return spent;
    }

    private static Attempt? FirstLearnt(Exchange exchange, UpstreamCredential credential) =>
        exchange.Attempts.Find(a => a.LearntFromRefusal && ReferenceEquals(a.Credential, credential));
}
