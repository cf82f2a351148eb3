using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Core.Spine;

namespace Weir.Http;

/// <summary>The client's side of an exchange over Kestrel.</summary>
internal sealed class HttpClientChannel(HttpContext context) : IClientChannel
{
    private readonly HttpRequest _request = context.Request;
    private readonly HttpResponse _response = context.Response;

    public string Query => _request.QueryString.HasValue ? _request.QueryString.Value! : "";

    public long? ContentLength => _request.ContentLength;

    public PipeReader Body => _request.BodyReader;

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
        if (!_response.HasStarted)
            _response.Headers[name] = value;
    }

    public void Abort() => context.Abort();
}
