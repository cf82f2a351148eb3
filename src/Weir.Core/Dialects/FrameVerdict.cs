namespace Weir.Core.Dialects;

/// <summary>What a tap wants done with a frame on the native lane.</summary>
public enum FrameVerdict
{
    /// <summary>Forward the bytes as they came.</summary>
    Forward,

    /// <summary>The client must not see this frame (a usage chunk it did not ask for).</summary>
    Hide,

    /// <summary>Forward the bytes the tap wrote instead.</summary>
    Replace,
}
