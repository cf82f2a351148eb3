using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Weir.Core.Spine;

namespace Weir.Http;

/// <summary>The client's side of an exchange over Kestrel.</summary>
internal sealed class HttpClientChannel(HttpContext context) : IClientChannel
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly HttpRequest _request = context.Request;
    private readonly HttpResponse _response = context.Response;

    public string Query => _request.QueryString.HasValue ? _request.QueryString.Value! : "";

    public long? ContentLength => _request.ContentLength;

    public PipeReader Body => _request.BodyReader;

    public string? TrailerFault => HttpStrictness.FindTrailer(_request);

    public IClientSocket? Socket { get; } = WebSocketUpgrade.Find(context);

    public CancellationToken Gone { get; } = context.RequestAborted;

    public bool HasStarted => _response.HasStarted;

    public int StatusCode
    {
        get => _response.StatusCode;
        set => _response.StatusCode = value;
    }

    public PipeWriter Output => _response.BodyWriter;

    public string? Header(string name) => _request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null;

    public void VisitHeaders<TState>(TState state, Action<TState, string, string> visit)
    {
        foreach (var (name, values) in _request.Headers)
        {
            foreach (var value in values)
            {
                if (value is not null)
                    visit(state, name, value);
            }
        }
    }

    public void SetHeader(string name, string value)
    {
        // What an upstream put into a header may be anything; the web server throws at characters it cannot send.
        if (!_response.HasStarted && value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && IsAllowedHere(name))
            _response.Headers[name] = value;
    }

    private bool IsAllowedHere(string name) =>
        name.AsSpan().IndexOfAnyExcept(TokenCharacters) < 0
        && (!name.Equals("connection", StringComparison.OrdinalIgnoreCase) || HttpProtocol.IsHttp11(_request.Protocol));

    public void Abort() => context.Abort();
}
