namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Takes items out of an array with the commas that go with them.</summary>
internal struct ItemCuts
{
    private List<(ByteRange Range, bool IsCut)>? _items;
    private bool _any;

    public void Add(ByteRange item, bool isCut)
    {
        (_items ??= []).Add((item, isCut));
        _any |= isCut;
    }

    public readonly List<Splice>? ToSplices()
    {
        if (!_any)
            return null;
        var cuts = new List<Splice>();
        var keptBefore = false;
        for (var i = 0; i < _items!.Count; i++)
        {
            var (range, isCut) = _items[i];
            if (!isCut)
            {
                keptBefore = true;
                continue;
            }

            // After a kept item the comma before goes, else the comma behind.
            var start = keptBefore ? _items[i - 1].Range.End : range.Start;
            var end = !keptBefore && i + 1 < _items.Count ? _items[i + 1].Range.Start : range.End;
            cuts.Add(new Splice(start, end - start, ReadOnlyMemory<byte>.Empty));
        }

        return cuts;
    }
}
