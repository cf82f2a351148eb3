namespace Weir.Core.Errors;

/// <summary>The classes of failure; each dialect has its own word for each.</summary>
public enum ErrorKind
{
    InvalidRequest,
    Authentication,
    PermissionDenied,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    BudgetExceeded,
    ContentRefused,
    Overloaded,
    UpstreamRejected,
    UpstreamFailed,
    UpstreamTimeout,
    ClientGone,
    Internal,
}
