using Weir.Core.Errors;
using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>Signs each request with SigV4, by the service's clock where it differs from ours.</summary>
public sealed class AwsUpstreamAuth(AwsAuth settings, IAwsKeySource source, TimeProvider time) : IUpstreamAuth
{
    /// <summary>AWS accepts five minutes of difference; below this nothing is corrected.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly SigV4Signer _signer = new(settings.Region, settings.Service);
    private readonly LeaseCache<AwsKey> _keys = new(source.FetchAsync, time);
    private long _skewTicks;

    public async ValueTask<GatewayError?> ApplyAsync(HttpRequestMessage message, UpstreamPayload payload, CancellationToken cancellationToken)
    {
        try
        {
            var key = await _keys.GetAsync(cancellationToken);
            _signer.Sign(message, SigV4Signer.HashOf(payload), key, time.GetUtcNow().AddTicks(Interlocked.Read(ref _skewTicks)));
            return null;
        }
        catch (CredentialException e)
        {
            return GatewayErrors.NoCredential(e.Message);
        }
    }

    public bool LearnFromRefusal(HttpResponseMessage response)
    {
        // RequestTimeTooSkewed, "Signature expired" and "not yet current" come under several names; the clock itself is told by Date.
        if (response.Headers.Date is { } theirs)
        {
            var skew = theirs - time.GetUtcNow();
            if ((skew - TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks))).Duration() > Tolerance)
            {
                Interlocked.Exchange(ref _skewTicks, skew.Ticks);
                return true;
            }
        }
        return response.Headers.TryGetValues("x-amzn-errortype", out var types)
            && types.Any(t => t.StartsWith("ExpiredToken", StringComparison.Ordinal) || t.StartsWith("UnrecognizedClient", StringComparison.Ordinal))
            && _keys.Discard();
    }

    // A refused signature is answered with the canonical request, session token included.
    public bool IsShownBy(ReadOnlySpan<char> text) =>
        text.Contains(SigV4.Algorithm, StringComparison.Ordinal) || text.Contains("x-amz-security-token", StringComparison.OrdinalIgnoreCase)
        || (_keys.Current is { } key && (text.Contains(key.Id, StringComparison.Ordinal) || SecretEcho.Shows(text, key.Secret)));
}
