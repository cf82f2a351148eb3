using Weir.Core.Canon;

namespace Weir.Core.Telemetry;

/// <summary>Tokens by class, cost in pico-dollars (wraps after 9.2 million dollars in one process) and unpriced attempts.</summary>
internal sealed class UsageSeries
{
    private readonly long[] _tokens = new long[TokenClass.Count];
    private long _picos;
    private long _unpriced;

    public long Picos => Volatile.Read(ref _picos);
    public long Unpriced => Volatile.Read(ref _unpriced);

    public long Tokens(int index) => Volatile.Read(ref _tokens[index]);

    public void Add(in Usage usage, long picos, bool unpriced)
    {
        for (var i = 0; i < TokenClass.Count; i++)
        {
            if (TokenClass.Of(usage, i) is not 0 and var tokens)
                Interlocked.Add(ref _tokens[i], tokens);
        }
        if (picos != 0)
            Interlocked.Add(ref _picos, picos);
        if (unpriced)
            Interlocked.Increment(ref _unpriced);
    }
}
