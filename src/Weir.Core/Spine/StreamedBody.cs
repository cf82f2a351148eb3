using System.Buffers;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Upstream;

namespace Weir.Core.Spine;

/// <summary>
/// The body of a call that is passed on while it arrives (a form with a file). What has to be read to find the model is
/// held: the first 256 KiB in memory, the rest, where a client sends the file first, in a spool file that has no name
/// once it is open. All else goes from the client's pipe to the upstream's connection, piece by piece, each waiting for
/// the other; it can be sent only once, so a failure after that goes to no other target.
/// </summary>
public sealed class StreamedBody(IBodyScan scan, IClientChannel client, PooledBody held, long limit, string spoolFile) : IDisposable
{
    private const int HeldInMemory = 256 * 1024;
    private const int PieceSize = 64 * 1024;

    private FileStream? _spool;
    private long _seen;

    /// <summary>What was wrong with the client's side while the body was passed on, or null.</summary>
    public GatewayError? Fault { get; private set; }

    /// <summary>The client's body was read to its end.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Everything that was read is still held: another target can get the same body.</summary>
    public bool CanReplay { get; private set; } = true;

    /// <summary>Bytes of the client's body, or null when only its end will tell.</summary>
    public long? Length => IsRead ? _seen : client.ContentLength;

    /// <summary>Reads until the call can be routed, and small bodies to their end. Leaves with the scan's facts, or an error.</summary>
    public async ValueTask<GatewayError?> FindFactsAsync()
    {
        while (!IsRead && (scan.Facts is null || (held.Length < HeldInMemory && _spool is null)))
        {
            var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
            try
            {
                var (count, fault) = await TakeAsync(piece, client.Gone);
                if (fault is not null)
                    return fault;
                await HoldAsync(piece.AsMemory(0, count));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(piece);
            }
        }
        return null;
    }

    /// <summary>Sends the body: what is held, then the client's bytes as they come.</summary>
    /// <exception cref="IOException">The client's side failed: <see cref="Fault"/> says how.</exception>
    public async Task WriteToAsync(Stream upstream, List<Splice> splices, AttemptClock clock, CancellationToken cancellationToken)
    {
        var output = new SplicingWriter(upstream, splices);
        await output.WriteAsync(held.Memory, cancellationToken);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            if (_spool is not null)
            {
                _spool.Position = 0;
                for (int count; (count = await _spool.ReadAsync(piece, cancellationToken)) > 0;)
                    await output.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            }

            while (!IsRead)
            {
                CanReplay = false;
                // While the client takes its time, the upstream is not to blame.
                clock.Arm(AttemptClock.Total);
                var (count, fault) = await TakeAsync(piece, cancellationToken);
                Fault = fault;
                if (fault is not null)
                    throw new IOException(fault.SafeMessage);
                clock.Arm(AttemptClock.Idle);
                await output.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            }
            await output.CompleteAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public void Dispose() => _spool?.Dispose();

    /// <summary>One read of the client's body, looked at. Zero bytes only at its end.</summary>
    private async ValueTask<(int Count, GatewayError? Fault)> TakeAsync(Memory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            var read = await client.Body.ReadAsync(cancellationToken);
            var count = (int)Math.Min(read.Buffer.Length, piece.Length);
            var taken = read.Buffer.Slice(0, count);
            taken.CopyTo(piece.Span);
            var isLast = read.IsCompleted && count == read.Buffer.Length;
            client.Body.AdvanceTo(taken.End);
            _seen += count;
            if (_seen > limit)
                return (count, GatewayErrors.UploadTooLarge(limit));
            if (scan.Accept(piece.Span[..count]) is { } bad)
                return (count, Bad(bad));
            return (count, isLast ? End() : null);
        }
        catch (IOException) when (!client.Gone.IsCancellationRequested)
        {
            return (0, GatewayErrors.BodyBroken);
        }
    }

    private GatewayError? End()
    {
        if (client.TrailerFault is { } trailer)
            return GatewayErrors.AmbiguousTrailer(trailer);
        IsRead = true;
        return scan.Complete() is { } bad ? Bad(bad) : null;
    }

    private async ValueTask HoldAsync(ReadOnlyMemory<byte> piece)
    {
        if (_spool is null && held.Length + piece.Length <= HeldInMemory + PieceSize)
        {
            held.Write(piece.Span);
            return;
        }
        _spool ??= OpenSpool();
        await _spool.WriteAsync(piece, client.Gone);
    }

    private FileStream OpenSpool()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(spoolFile)!);
        var file = new FileStream(spoolFile, options);
        // Without a name nothing is left behind by a process that dies.
        if (!OperatingSystem.IsWindows())
            File.Delete(spoolFile);
        return file;
    }

    private static GatewayError Bad(BadRequest bad) => GatewayErrors.BadBody(bad.Code, bad.Message, bad.Param);
}
