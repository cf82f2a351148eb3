namespace Weir.Core.Canon;

/// <summary>
/// What became of every request parameter in a translation: nothing is ignored silently. Dropped ones go to the
/// decision record (and the <c>x-weir-dropped</c> header); a refusal ends the attempt with a 400 that names it.
/// </summary>
public sealed class TranslationNotes
{
    private readonly List<Note> _notes = [];

    /// <summary>All notes in the order they were made.</summary>
    public IReadOnlyList<Note> All => _notes;

    /// <summary>True when a parameter cannot be honoured and must not be ignored.</summary>
    public bool HasRefusals => _notes.Exists(n => n.Fate == ParameterFate.Refused);

    /// <summary>True when something was left out.</summary>
    public bool HasDrops => _notes.Exists(n => n.Fate == ParameterFate.Dropped);

    /// <summary>The parameter has no counterpart; the call goes on without it.</summary>
    public void Drop(string path, string reason) => Add(path, ParameterFate.Dropped, reason);

    /// <summary>The parameter changes the meaning of the answer and has no counterpart: the call must not be made.</summary>
    public void Refuse(string path, string reason) => Add(path, ParameterFate.Refused, reason);

    /// <summary>The parameter was carried over, but not one to one (for example effort became a token budget).</summary>
    public void Adapt(string path, string reason) => Add(path, ParameterFate.Adapted, reason);

    private void Add(string path, ParameterFate fate, string reason)
    {
        var note = new Note(path, fate, reason);
        if (!_notes.Contains(note))
            _notes.Add(note);
    }

    /// <summary>One parameter (<paramref name="Path"/> as in the client's JSON, for example <c>messages[2].content[0].image_url</c>).</summary>
    public sealed record Note(string Path, ParameterFate Fate, string Reason);
}

/// <summary>The three fates besides being mapped one to one.</summary>
public enum ParameterFate { Adapted, Dropped, Refused }
