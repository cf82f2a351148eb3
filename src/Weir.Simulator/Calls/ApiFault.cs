namespace Weir.Simulator.Calls;

/// <summary>
/// An error to be answered in the dialect's own shape. <c>Type</c> is the dialect's word for the kind of error, or
/// null for the usual one of the status.
/// </summary>
internal sealed class ApiFault(int status, string message, string? type = null, string? param = null, string? code = null)
    : Exception(message)
{
    public int Status => status;

    public string? Type => type;

    public string? Param => param;

    public string? Code => code;

    public string? RetryAfter { get; init; }

    public static ApiFault Invalid(string message, string? param = null, string? code = null) =>
        new(400, message, null, param, code);
}
