using System.Buffers;
using System.Text;
using Weir.Core.Dialects;

namespace Weir.Core.Continuity;

/// <summary>
/// Remembers where an answer is kept, as soon as the answer has an id: before its client can have it. The same of the
/// container that tools of the answer ran in.
/// </summary>
internal sealed class AnswerPlacer(IResponseTap tap, bool keepsAnswer, ITenantState state, string tenant, AnswerPlace place) : IResponseTap
{
    /// <summary>Scope of the marks that somebody has an id; no tenant is called that.</summary>
    public const string Anybody = "\0anybody";

    private string? _answer;
    private string? _container;

    public ResponseFacts Facts => tap.Facts;

    public bool MayRewrite => tap.MayRewrite;

    /// <summary>Where the place of an answer is kept; answers themselves have plain ids.</summary>
    public static string KeyOf(string id) => "at:" + id;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        var verdict = tap.OnFrame(frame, replacement);
        Place();
        return verdict;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        tap.OnBody(body);
        Place();
    }

    public void OnHead(Func<string, string?> header) => tap.OnHead(header);

    private void Place()
    {
        if (keepsAnswer)
            Place(ref _answer, Facts.ResponseId);
        Place(ref _container, Facts.ContainerId);
    }

    private void Place(ref string? placed, string? id)
    {
        if (id is null || placed == id)
            return;
        placed = id;
        state.Put(tenant, StateKind.StoredResponse, KeyOf(id), Encoding.UTF8.GetBytes(place.ToString()));
        state.Put(Anybody, StateKind.StoredResponse, KeyOf(id), "1"u8);
    }
}
