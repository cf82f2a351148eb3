using Microsoft.AspNetCore.Http;
using System.Buffers;

namespace Weir.Simulator.Calls;

/// <summary>A request body in rented memory.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _rented;
    private int _length;

    private PooledBody(int capacity) => _rented = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, _length);

    public static async Task<PooledBody> ReadAsync(HttpRequest request)
    {
        var body = new PooledBody((int)Math.Clamp(request.ContentLength + 1 ?? 4096, 256, 1 << 20));
        int read;
        while ((read = await request.Body.ReadAsync(body._rented.AsMemory(body._length), request.HttpContext.RequestAborted)) > 0)
        {
            body._length += read;
            if (body._length == body._rented.Length)
            {
                body.Grow();
            }
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_rented.Length * 2);
        _rented.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
    }
}
