namespace Weir.Core.Spine;

/// <summary>Distributed tracing of calls and attempts. The default does nothing and costs nothing.</summary>
public interface ICallTracer
{
    /// <summary>A span for the attempt; dispose ends it.</summary>
    IDisposable? StartAttempt(Exchange exchange, Attempt attempt);

    /// <summary>Adds trace context to the upstream request's headers.</summary>
    void Inject(Action<string, string> setHeader);

    /// <summary>The call is over.</summary>
    void Completed(Exchange exchange);
}
