using System.Text;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.EventStream;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>An exception message, which ends a stream.</summary>
internal static class ExceptionBody
{
    /// <summary>Reads the payload of an exception message. Never throws.</summary>
    public static UpstreamFailure Read(in Frame frame)
    {
        var type = Encoding.UTF8.GetString(frame.EventName);
        var failure = ErrorBodyReader.Read(0, frame.Data);
        var message = failure.Message ?? Encoding.UTF8.GetString(EventStreamFramer.Header(frame, ":error-message"u8));
        return new UpstreamFailure(StatusOf(type), type, null, message.Length == 0 ? null : message);
    }

    private static int StatusOf(string type) => type switch
    {
        _ when Is(type, "throttling") => 429,
        _ when Is(type, "validation") => 400,
        _ when Is(type, "serviceUnavailable") => 503,
        _ when Is(type, "modelTimeout") => 408,
        _ when Is(type, "modelStreamError") => 424,
        _ => 500,
    };

    private static bool Is(string type, string word) => type.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
