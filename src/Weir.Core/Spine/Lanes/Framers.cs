using Weir.Core.Dialects;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.JsonArrays;
using Weir.Core.Dialects.JsonLines;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Spine.Lanes;

/// <summary>Makes the framer of a framing.</summary>
public static class Framers
{
    public static IFramer Create(StreamFraming framing) => framing switch
    {
        StreamFraming.ServerSentEvents => new SseFramer(),
        StreamFraming.JsonArray => new JsonArrayFramer(),
        StreamFraming.AwsEventStream => new EventStreamFramer(),
        StreamFraming.JsonLines => new JsonLineFramer(),
        _ => throw new NotSupportedException($"No upstream is read in {framing} framing."),
    };
}
