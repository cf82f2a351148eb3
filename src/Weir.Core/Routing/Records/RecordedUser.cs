namespace Weir.Core.Routing.Records;

/// <summary>The end user of a recorded call, of whom only the hash was kept. Asking for the id is noted.</summary>
public sealed class RecordedUser(string hash) : EndUser(null, hash)
{
    /// <summary>The id was asked for.</summary>
    public bool MissesId { get; private set; }

    public override string? Id
    {
        get
        {
            MissesId = true;
            return null;
        }
    }
}
