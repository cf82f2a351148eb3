using Weir.Core.Providers;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth;
using Weir.Core.Upstream.Auth.Aws;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class AwsKeySourceTests : IDisposable
{
    private const string KeyJson = """{"Code":"Success","AccessKeyId":"ASIA1","SecretAccessKey":"s","Token":"t","Expiration":"2026-11-21T18:00:00Z"}""";
    private const string StsXml = """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
        <AccessKeyId>ASIA2</AccessKeyId><SecretAccessKey>s2</SecretAccessKey><SessionToken>t2</SessionToken><Expiration>2026-11-21T13:00:00Z</Expiration>
        </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """;

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weir-aws-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CredentialHost Host => new(_variables.GetValueOrDefault);

    public void Dispose() => _folder.Delete(recursive: true);

    private static AwsAuth Settings(AwsSource source) => new(source, "eu-central-1", "bedrock");

    private string FileWith(string text, string name = "file")
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task The_environment()
    {
        _variables["AWS_ACCESS_KEY_ID"] = "AKIA";
        var source = new StaticKeySource(Settings(AwsSource.Environment), Host);
        Assert.Contains("AWS_SECRET_ACCESS_KEY", (await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation))).Message, StringComparison.Ordinal);
        _variables["AWS_SECRET_ACCESS_KEY"] = "secret";
        var key = await source.FetchAsync(Cancellation);
        Assert.Equal(("AKIA", "secret", null, null), (key.Value.Id, key.Value.Secret, key.Value.Token, key.ExpiresAt));
    }

    [Fact]
    public async Task A_profile_of_the_shared_files()
    {
        _variables["AWS_SHARED_CREDENTIALS_FILE"] = FileWith("[default]\naws_access_key_id = A\naws_secret_access_key = B\n\n[other]\n# comment\naws_access_key_id=C\naws_secret_access_key=D=E\naws_session_token=F\n", "credentials");
        _variables["AWS_CONFIG_FILE"] = FileWith("[profile third]\naws_access_key_id = G\naws_secret_access_key = H\n[profile sso]\nsso_session = x\n", "config");
        var sts = new StsClient("eu-central-1", new ScriptedTokens(), Host, _time);
        async Task<AwsKey> Key(string? profile) => (await new ProfileKeySource(Settings(AwsSource.Profile) with { Profile = profile }, Host, sts, _time).FetchAsync(Cancellation)).Value;

        Assert.Equal("A", (await Key(null)).Id);
        var other = await Key("other");
        Assert.Equal(("C", "D=E", "F"), (other.Id, other.Secret, other.Token));
        Assert.Equal("G", (await Key("third")).Id);
        Assert.Contains("sso_session", (await Assert.ThrowsAsync<CredentialException>(() => Key("sso"))).Message, StringComparison.Ordinal);
        Assert.Contains("'none'", (await Assert.ThrowsAsync<CredentialException>(() => Key("none"))).Message, StringComparison.Ordinal);
        _variables["AWS_PROFILE"] = "other";
        Assert.Equal("C", (await Key(null)).Id);
    }

    [Fact]
    public async Task A_profile_with_a_role_takes_it_on_with_a_signed_call()
    {
        _variables["AWS_SHARED_CREDENTIALS_FILE"] = FileWith("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = B\n[app]\nrole_arn = arn:aws:iam::1:role/app\nsource_profile = base\nexternal_id = e\n[ring]\nrole_arn = r\nsource_profile = ring2\n[ring2]\nrole_arn = r\nsource_profile = ring\n", "credentials");
        _variables["AWS_CONFIG_FILE"] = Path.Combine(_folder.FullName, "absent");
        var transport = new ScriptedTokens(new TokenReply(200, StsXml));
        var sts = new StsClient("eu-central-1", transport, Host, _time);

        var key = await new ProfileKeySource(Settings(AwsSource.Profile) with { Profile = "app" }, Host, sts, _time).FetchAsync(Cancellation);

        Assert.Equal("ASIA2", key.Value.Id);
        var asked = Assert.Single(transport.Asked);
        Assert.Equal("https://sts.eu-central-1.amazonaws.com/", asked.Url.AbsoluteUri);
        Assert.Contains(asked.Form!, f => f is { Key: "Action", Value: "AssumeRole" });
        Assert.Contains(asked.Headers, h => h.Key == "Authorization" && h.Value.Contains("Credential=AKIABASE/20261121/eu-central-1/sts/aws4_request", StringComparison.Ordinal));
        await Assert.ThrowsAsync<CredentialException>(() => new ProfileKeySource(Settings(AwsSource.Profile) with { Profile = "ring" }, Host, sts, _time).FetchAsync(Cancellation));
    }

    [Fact]
    public async Task A_web_identity_is_exchanged_at_sts()
    {
        _variables["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/weir";
        _variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = FileWith("jwt\n");
        var transport = new ScriptedTokens(new TokenReply(200, StsXml), new TokenReply(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>jwt is bad</Message></Error></ErrorResponse>"), new TokenReply(500, "oops"));
        var source = new WebIdentityKeySource(Settings(AwsSource.WebIdentity), Host, new StsClient("eu-central-1", transport, Host, _time));

        var key = await source.FetchAsync(Cancellation);

        Assert.Equal(("ASIA2", "t2"), (key.Value.Id, key.Value.Token));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 13, 0, 0, TimeSpan.Zero), key.ExpiresAt);
        Assert.Equal(["AssumeRoleWithWebIdentity", "2011-06-15", "arn:aws:iam::1:role/weir", "weir", "jwt"], transport.Asked[0].Form!.Select(f => f.Value));
        Assert.Equal(TokenReach.Public, transport.Asked[0].Reach);
        var refused = await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation));
        Assert.Contains("AccessDenied", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jwt", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation));
    }

    [Fact]
    public async Task A_container_asks_only_its_own_endpoint()
    {
        var transport = new ScriptedTokens(new TokenReply(200, KeyJson), new TokenReply(200, KeyJson));
        var source = new ContainerKeySource(transport, Host);
        await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation));
        _variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1/credentials";
        _variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = FileWith("pod token");
        await source.FetchAsync(Cancellation);
        _variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/x";
        await source.FetchAsync(Cancellation);

        Assert.Equal("pod token", Assert.Single(transport.Asked[0].Headers).Value);
        Assert.Equal("http://169.254.170.2/v2/x", transport.Asked[1].Url.AbsoluteUri);
        Assert.All(transport.Asked, r => Assert.Equal(TokenReach.Metadata, r.Reach));
    }

    [Fact]
    public async Task An_instance_asks_imds_with_a_session_token_first()
    {
        var transport = new ScriptedTokens(new TokenReply(200, "session"), new TokenReply(200, "weir-role\n"), new TokenReply(200, KeyJson));
        var key = await new InstanceKeySource(transport, Host).FetchAsync(Cancellation);

        Assert.Equal("ASIA1", key.Value.Id);
        Assert.Equal(["PUT /latest/api/token", "GET /latest/meta-data/iam/security-credentials/", "GET /latest/meta-data/iam/security-credentials/weir-role"],
            transport.Asked.Select(r => $"{r.Method} {r.Url.AbsolutePath}"));
        Assert.Equal("session", Assert.Single(transport.Asked[2].Headers).Value);
        Assert.All(transport.Asked, r => Assert.Equal(TokenReach.Metadata, r.Reach));
    }

    [Theory]
    [InlineData(TokenReach.Public, "169.254.169.254", false)]
    [InlineData(TokenReach.Public, "127.0.0.1", false)]
    [InlineData(TokenReach.Public, "52.94.0.1", true)]
    [InlineData(TokenReach.Metadata, "169.254.169.254", true)]
    [InlineData(TokenReach.Metadata, "::ffff:169.254.170.2", true)]
    [InlineData(TokenReach.Metadata, "fd00:ec2::254", true)]
    [InlineData(TokenReach.Metadata, "10.0.0.1", false)]
    [InlineData(TokenReach.Metadata, "169.254.1.1", false)]
    [InlineData(TokenReach.Metadata, "52.94.0.1", false)]
    public void Metadata_addresses_are_dialled_only_for_sources_that_name_them(TokenReach reach, string address, bool allowed) =>
        Assert.Equal(allowed, TokenRequest.Allows(reach, System.Net.IPAddress.Parse(address)));

    [Fact]
    public async Task A_clock_that_differs_is_learnt_from_the_refusal()
    {
        _variables["AWS_ACCESS_KEY_ID"] = "AKIA";
        _variables["AWS_SECRET_ACCESS_KEY"] = "secret of some length";
        var auth = new AwsUpstreamAuth(Settings(AwsSource.Environment), new StaticKeySource(Settings(AwsSource.Environment), Host), _time);
        using var payload = new UpstreamPayload();
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden);
        response.Headers.Date = _time.GetUtcNow().AddMinutes(-20);

        Assert.Equal("20261121T120000Z", await DateOf());
        Assert.True(auth.LearnFromRefusal(response));
        Assert.False(auth.LearnFromRefusal(response));
        Assert.Equal("20261121T114000Z", await DateOf());

        Assert.True(auth.IsShownBy("The Canonical String should have been ... AWS4-HMAC-SHA256"));
        Assert.True(auth.IsShownBy("... secret of some length ..."));
        Assert.False(auth.IsShownBy("You don't have access to the model."));

        async Task<string> DateOf()
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "https://bedrock-runtime.eu-central-1.amazonaws.com/");
            Assert.Null(await auth.ApplyAsync(message, payload, Cancellation));
            return Assert.Single(message.Headers.GetValues("x-amz-date"));
        }
    }
}
