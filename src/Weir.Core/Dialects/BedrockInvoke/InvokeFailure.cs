using System.Text;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>An exception message inside a stream.</summary>
internal static class InvokeFailure
{
    public static UpstreamFailure Read(in Frame frame)
    {
        var type = Encoding.UTF8.GetString(frame.EventName);
        var status = type.StartsWith("throttling", StringComparison.OrdinalIgnoreCase) ? 429
            : type.StartsWith("validation", StringComparison.OrdinalIgnoreCase) ? 400
            : type.StartsWith("serviceUnavailable", StringComparison.OrdinalIgnoreCase) ? 503
            : type.StartsWith("modelTimeout", StringComparison.OrdinalIgnoreCase) ? 408
            : type.StartsWith("modelStreamError", StringComparison.OrdinalIgnoreCase) ? 424 : 500;
        return new UpstreamFailure(status, type, null, ErrorBodyReader.Read(0, frame.Data).Message);
    }
}
