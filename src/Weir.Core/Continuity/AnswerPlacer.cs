using System.Buffers;
using System.Text;
using Weir.Core.Dialects;

namespace Weir.Core.Continuity;

/// <summary>Remembers which provider keeps an answer, as soon as the answer has an id: before its client can have it.</summary>
internal sealed class AnswerPlacer(IResponseTap tap, ITenantState state, string tenant, string provider) : IResponseTap
{
    private bool _isPlaced;

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

    private void Place()
    {
        if (_isPlaced || Facts.ResponseId is not { } id)
            return;
        _isPlaced = true;
        state.Put(tenant, StateKind.StoredResponse, KeyOf(id), Encoding.UTF8.GetBytes(provider));
    }
}
