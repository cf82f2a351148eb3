using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Continuations;

/// <summary>What an attempt goes on from: the answer that was cut, as its target gets to see it.</summary>
public sealed class Prefill
{
    /// <param name="answer">The answer that was cut; somebody can go on from it.</param>
    /// <param name="cut">The attempt that was cut.</param>
    /// <param name="charged">What the attempts the answer is made of so far used.</param>
    /// <param name="candidate">The target as the plan has it.</param>
    /// <param name="form">How it takes the beginning of an answer.</param>
    public Prefill(OpenAnswer answer, Attempt cut, in Usage charged, PlannedTarget candidate, PrefillForm form)
    {
        var given = answer.SoFar.Text;
        // Anthropic refuses white space at the end, and chat templates strip it.
        Text = given.TrimEnd();
        WhiteSpace = given.Length - Text.Length;
        Seam = new Seam(form == PrefillForm.EchoedPrefix ? given : given[Text.Length..]);
        Characters = given.EnumerateRunes().Count();
        EchoedBytes = form == PrefillForm.EchoedPrefix ? Encoding.UTF8.GetByteCount(Text) : 0;
        (Answer, Cut, Charged, Candidate) = (answer, cut, charged, candidate);
    }

    public OpenAnswer Answer { get; }

    public Attempt Cut { get; }

    public Usage Charged { get; }

    public PlannedTarget Candidate { get; }

    /// <summary>The beginning of the answer as sent, without white space at its end.</summary>
    public string Text { get; }

    /// <summary>Characters of white space that were left out at its end.</summary>
    public int WhiteSpace { get; }

    /// <summary>Characters (Unicode scalar values) the client has.</summary>
    public int Characters { get; }

    /// <summary>Bytes of UTF-8 it adds to the prompt.</summary>
    public long Bytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>Bytes of UTF-8 of the answer that are no new output.</summary>
    public long EchoedBytes { get; }

    public Seam Seam { get; }

    /// <summary>How the continuation departed from what the client has, or null: it did not.</summary>
    public string? Divergence { get; set; }

    /// <summary>The client's request with the answer's beginning as its last turn, and what is left of the cap on its length.</summary>
    public ModelRequest Onto(ModelRequest request) => request with
    {
        Messages = [.. request.Messages, new Message(MessageRole.Assistant, [new ContentPart.Text(Text)])],
        GoesOn = true,
        MaxOutputTokens = request.MaxOutputTokens is { } cap ? Math.Max(1, cap - Charged.OutputTotal) : null,
    };
}
