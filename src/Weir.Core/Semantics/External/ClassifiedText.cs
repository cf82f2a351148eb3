using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.External;

/// <summary>What of a text is sent to a classifier.</summary>
internal static class ClassifiedText
{
    /// <summary>Its beginning and end, as everywhere; invalid bytes replaced.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var tail = TextWindow.Tail(utf8);
        var head = Encoding.UTF8.GetString(TextWindow.Head(utf8));
        return tail.IsEmpty ? head : head + "\n…\n" + Encoding.UTF8.GetString(tail);
    }
}
