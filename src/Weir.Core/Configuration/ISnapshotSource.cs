namespace Weir.Core.Configuration;

/// <summary>Where the current snapshot is read from: once per exchange, at Accept.</summary>
public interface ISnapshotSource
{
    /// <summary>The snapshot in force. Never null once the process is ready.</summary>
    Snapshot Current { get; }

    /// <summary>What is wrong with a newer configuration that was refused, or null when the newest is in force.</summary>
    ConfigurationFault? Fault { get; }
}
