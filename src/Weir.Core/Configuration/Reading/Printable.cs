using System.Text;

namespace Weir.Core.Configuration.Reading;

/// <summary>Makes values from a file fit to be shown in a message: one line, short, and never a secret.</summary>
public static class Printable
{
    public static string Show(string value, int longest = 60)
    {
        if (LiteralSecret.LooksLikeOne(value))
            return "(hidden)";
        var shown = new StringBuilder(Math.Min(value.Length, longest));
        foreach (var c in value)
        {
            if (shown.Length >= longest)
                return shown.Append('…').ToString();
            shown.Append(char.IsControl(c) ? ' ' : c);
        }
        return shown.ToString();
    }
}
