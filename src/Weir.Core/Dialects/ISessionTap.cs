namespace Weir.Core.Dialects;

/// <summary>Watches an upstream's messages pass. Never throws; at worst learns nothing.</summary>
public interface ISessionTap
{
    /// <summary>The upstream is at an answer: a bad moment to end the session.</summary>
    bool IsAnswering { get; }

    /// <summary>By its beginning (at least 1 KiB, or the whole message): worth reading whole. Called for every message, so cheap.</summary>
    bool Wants(ReadOnlySpan<byte> start);

    /// <summary>Reads a whole message that was wanted; what it says of an answer that ended, or null.</summary>
    SessionAnswer? Read(ReadOnlySpan<byte> message);
}
