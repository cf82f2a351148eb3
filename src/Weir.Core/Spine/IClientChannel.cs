using System.IO.Pipelines;

namespace Weir.Core.Spine;

/// <summary>The client's side of an exchange, whatever web server carries it.</summary>
public interface IClientChannel
{
    /// <summary>One header value, or null. Several fields of the same name are joined with a comma.</summary>
    string? Header(string name);

    /// <summary>Calls <paramref name="visit"/> for every request header, in order.</summary>
    void VisitHeaders<TState>(TState state, Action<TState, string, string> visit);

    /// <summary>The WebSocket this request asks for, or null.</summary>
    IClientSocket? Socket => null;

    /// <summary>Query string with its question mark, or empty.</summary>
    string Query { get; }

    /// <summary>Declared body length, or null for chunked bodies.</summary>
    long? ContentLength { get; }

    PipeReader Body { get; }

    /// <summary>Once the body was read: the name of a trailer field that only a header may be, or null.</summary>
    string? TrailerFault => null;

    /// <summary>Cancelled when the client has gone away.</summary>
    CancellationToken Gone { get; }

    /// <summary>The status line has left: nothing about status or headers can change any more.</summary>
    bool HasStarted { get; }

    int StatusCode { get; set; }

    void SetHeader(string name, string value);

    /// <summary>Body writer. Flush to send; back-pressure is the flush's wait.</summary>
    PipeWriter Output { get; }

    /// <summary>Breaks the connection so that the client cannot mistake what it got for a complete answer.</summary>
    void Abort();
}
