namespace Weir.Load;

/// <summary>The command line cannot be understood; the message is for the person who typed it.</summary>
internal sealed class UsageException(string message) : Exception(message);
