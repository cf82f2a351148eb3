namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Joins function responses to their calls. By id where both have one; else the first open call of that name, else the
/// first open call: results follow their calls in order.
/// </summary>
internal sealed class PendingCalls
{
    private readonly List<(string Id, string Name)> _open = [];
    private int _count;

    /// <summary>Arguments of the call that is still coming in pieces.</summary>
    public PartialArguments? Pieces { get; set; }

    /// <summary>A turn of the model begins: its calls are numbered from zero.</summary>
    public void NewTurn() => _count = 0;

    /// <summary>The call's id, made when it came without.</summary>
    public string Opened(string? id, string name, int turn)
    {
        string known = id is { Length: > 0 } ? id : CallIds.ForHistory(turn, _count);
        _count++;
        _open.Add((known, name));
        return known;
    }

    /// <summary>The id of the call that this response answers.</summary>
    public string Answered(string? id, string name, int turn)
    {
        int at = id is { Length: > 0 } ? _open.FindIndex(c => c.Id == id) : -1;
        if (at < 0 && id is { Length: > 0 })
        {
            // A client that makes ids of its own for results alone: the call had none, so name and order decide.
            at = _open.FindIndex(c => c.Name == name && CallIds.ForUpstream(c.Id) is null);
        }
        else if (at < 0)
        {
            at = _open.FindIndex(c => c.Name == name);
            if (at < 0 && _open.Count > 0)
                at = 0;
        }

        if (at < 0)
            return id is { Length: > 0 } ? id : CallIds.ForHistory(turn, _count++);
        string found = _open[at].Id;
        _open.RemoveAt(at);
        return found;
    }
}
