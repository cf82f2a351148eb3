using System.Net;

namespace Weir.Core.Upstream.Auth;

/// <summary>A call to a place that gives out credentials.</summary>
/// <param name="Method">GET, POST or PUT.</param>
/// <param name="Url">Where.</param>
/// <param name="Reach">Which addresses beside public ones may be dialled for it.</param>
public sealed record TokenRequest(HttpMethod Method, Uri Url, TokenReach Reach = TokenReach.Public)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Form fields of the body (<c>application/x-www-form-urlencoded</c>), or null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; init; }

    /// <summary>JSON body, or null.</summary>
    public string? Json { get; init; }

    /// <summary>May the address be dialled?</summary>
    public static bool Allows(TokenReach reach, IPAddress address) => reach switch
    {
        TokenReach.Named => true,
        TokenReach.Metadata => AddressGuard.IsMetadata(address) || IPAddress.IsLoopback(address),
        _ => AddressGuard.IsPublic(address),
    };
}

/// <summary>Which addresses a token call may dial.</summary>
public enum TokenReach
{
    /// <summary>Public addresses only.</summary>
    Public,

    /// <summary>The link-local metadata services and loopback, because the configuration names such a source; nothing else.</summary>
    Metadata,

    /// <summary>Any: the operator wrote the address itself down.</summary>
    Named,
}
