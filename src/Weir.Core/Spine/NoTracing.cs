namespace Weir.Core.Spine;

/// <summary>Tracing switched off.</summary>
public sealed class NoTracing : ICallTracer
{
    public IDisposable? StartAttempt(Exchange exchange, Attempt attempt) => null;

    public void Inject(Action<string, string> setHeader)
    {
    }

    public void Completed(Exchange exchange)
    {
    }
}
