using System.Text;
using Weir.Core.Canon;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Routing.Content;

/// <summary>The text that is classified: what the user said last.</summary>
internal static class LastUserText
{
    /// <summary>UTF-8 text of the last message of the user that has any; of a long one its beginning and end. Empty when there is none.</summary>
    public static byte[] Of(ModelRequest request)
    {
        for (var i = request.Messages.Count - 1; i >= 0; i--)
        {
            if (request.Messages[i].Role == MessageRole.User && TextOf(request.Messages[i]) is { Length: > 0 } text)
                return Bounded(text);
        }
        return [];
    }

    private static string TextOf(Message message)
    {
        var texts = message.Content.OfType<ContentPart.Text>().ToArray();
        return texts.Length == 1 ? texts[0].Value : string.Join('\n', texts.Select(t => t.Value));
    }

    // What lies between is never looked at; a pasted book is not encoded for nothing.
    private static byte[] Bounded(string text)
    {
        if (text.Length <= 2 * TextWindow.MaxBytes)
            return Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, TextWindow.MaxBytes), "\n", text.AsSpan(text.Length - TextWindow.MaxBytes)));
    }
}
