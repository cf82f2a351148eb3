using Weir.Core.Errors;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Anthropic's error types: one to one with HTTP statuses (API reference, errors), so a type names a status and the other way round.</summary>
internal static class ErrorTypes
{
    public static string Of(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidRequest or ErrorKind.ContentRefused or ErrorKind.UpstreamRejected or ErrorKind.ClientGone
            => "invalid_request_error",
        ErrorKind.Authentication => "authentication_error",
        ErrorKind.PermissionDenied => "permission_error",
        ErrorKind.NotFound => "not_found_error",
        ErrorKind.PayloadTooLarge => "request_too_large",
        ErrorKind.RateLimited => "rate_limit_error",
        ErrorKind.BudgetExceeded => "billing_error",
        ErrorKind.Overloaded => "overloaded_error",
        ErrorKind.UpstreamTimeout => "timeout_error",
        _ => "api_error",
    };

    /// <summary>The status a type stands for; 0 for a type no table knows.</summary>
    public static int Status(string? type) => type switch
    {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "api_error" => 500,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 0,
    };

    /// <summary>The type for an error another dialect's upstream reported inside its stream.</summary>
    public static string FromUpstream(string? type, int? status)
    {
        if (Status(type) != 0)
            return type!;
        return status switch
        {
            400 or 422 => "invalid_request_error",
            401 => "authentication_error",
            402 => "billing_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            408 or 504 => "timeout_error",
            503 or 529 => "overloaded_error",
            _ => "api_error",
        };
    }
}
