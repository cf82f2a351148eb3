using System.Text;
using Weir.Core.Semantics.External;

namespace Weir.Core.Tests.Semantics.External;

/// <summary>Answers requests one after the other as told, and keeps what was asked.</summary>
internal sealed class ScriptedTransport(params string[] replies) : IClassifierTransport
{
    public List<string> Requests { get; } = [];

    public ValueTask<ReadOnlyMemory<byte>> PostAsync(ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        Requests.Add(Encoding.UTF8.GetString(json.Span));
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(replies[Requests.Count - 1]));
    }
}
