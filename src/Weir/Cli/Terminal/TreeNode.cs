namespace Weir.Cli.Terminal;

/// <summary>A line of text with lines below it, drawn with guides.</summary>
internal sealed class TreeNode(string text)
{
    private readonly List<TreeNode> _children = [];

    public bool HasChildren => _children.Count > 0;

    public TreeNode Add(string text)
    {
        var child = new TreeNode(text);
        _children.Add(child);
        return child;
    }

    public void Write(TextWriter output, Ink ink)
    {
        output.WriteLine(text);
        WriteChildren(output, ink, "");
    }

    private void WriteChildren(TextWriter output, Ink ink, string indent)
    {
        for (var i = 0; i < _children.Count; i++)
        {
            var last = i == _children.Count - 1;
            output.WriteLine($"{ink.Dim(indent + (last ? "└─ " : "├─ "))}{_children[i].Text}");
            _children[i].WriteChildren(output, ink, indent + (last ? "   " : "│  "));
        }
    }

    private string Text => text;
}
