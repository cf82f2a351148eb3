using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Bedrock;

/// <summary>Error bodies of Bedrock: the message in the body, the type in a header.</summary>
internal static class BedrockErrors
{
    public static void Write(ApiFault fault, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        to.EndJson();
    }

    public static string TypeOf(int status) => status switch
    {
        400 => "ValidationException",
        401 or 403 => "AccessDeniedException",
        404 => "ResourceNotFoundException",
        408 => "ModelTimeoutException",
        424 => "ModelErrorException",
        429 => "ThrottlingException",
        503 => "ServiceUnavailableException",
        _ => "InternalServerException",
    };

    public static void SetHeaders(IHeaderDictionary headers, int status, string requestId, DateTimeOffset now)
    {
        // Signers whose clock differs learn it from here.
        headers.Date = now.ToString("r", CultureInfo.InvariantCulture);
        headers["x-amzn-requestid"] = requestId;
        if (status >= 400)
        {
            headers["x-amzn-errortype"] = TypeOf(status) + ":http://internal.amazon.com/coral/com.amazon.bedrock/";
        }
    }
}
