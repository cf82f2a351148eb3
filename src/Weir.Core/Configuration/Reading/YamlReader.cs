using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Weir.Core.Configuration.Reading;

/// <summary>
/// YAML (and so JSON) text → nodes with positions. Works on the parser's events, never on a reflecting deserialiser, and
/// under caps: a configuration file is input like any other. Every problem becomes a diagnostic; nothing is thrown.
/// </summary>
public sealed class YamlReader
{
    /// <summary>Largest file in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Deepest nesting of lists and mappings.</summary>
    public const int MaxDepth = 32;

    /// <summary>Nodes that aliases may repeat in total: stops "billion laughs" documents.</summary>
    public const int MaxAliasedNodes = 20_000;

    private readonly DiagnosticBag _bag;
    private readonly Parser _parser;
    private readonly Dictionary<string, (Node Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Mark> _open = new();
    private int _aliased;
    private int _nodes;

    private YamlReader(string text, DiagnosticBag bag)
    {
        _bag = bag;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's root mapping, or null when there is none to speak of (the bag says why, or the file is empty).</summary>
    public static MappingNode? Read(string text, DiagnosticBag bag)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            bag.Add(DiagnosticCodes.FileTooLarge, Mark.None, "", $"the file is larger than {MaxBytes >> 20} MiB");
            return null;
        }
        var reader = new YamlReader(text, bag);
        try
        {
            return reader.ReadDocument();
        }
        catch (Refused)
        {
            return null;
        }
        catch (YamlException e)
        {
            reader.ReportSyntax(text, e);
            return null;
        }
    }

    private MappingNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return new MappingNode(new Mark(1, 1), []);
        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            throw Refuse(DiagnosticCodes.SeveralDocuments, MarkOf(_parser.Current!.Start),
                "a second YAML document begins here", "put everything in one document; remove the '---' line");
        }
        switch (root)
        {
            case MappingNode mapping:
                return mapping;
            case ScalarNode { IsNull: true }:
                return new MappingNode(root.Mark, []);
            default:
                throw Refuse(DiagnosticCodes.NotAMapping, root.Mark, $"the file must be a mapping of keys such as 'providers:', not {root.Kind}");
        }
    }

    private Node ReadNode(int depth)
    {
        _nodes++;
        var mark = MarkOf(_parser.Current!.Start);
        if (depth > MaxDepth)
            throw Refuse(DiagnosticCodes.TooDeep, mark, $"nested deeper than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return ReadAlias(alias);
        var before = _nodes;
        var anchor = _parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (_parser.Current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged)
            throw Refuse(DiagnosticCodes.UnsupportedYaml, mark, $"YAML tags such as {Printable.Show(tagged.Tag.Value, 40)} are not supported", "remove the tag");
        Node node;
        var flow = _parser.Current is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        if (flow)
            _open.Push(mark);
        if (_parser.TryConsume<Scalar>(out var scalar))
            node = new ScalarNode(mark, scalar.Value, scalar.Style == ScalarStyle.Plain);
        else if (_parser.TryConsume<SequenceStart>(out _))
            node = ReadSequence(mark, depth);
        else if (_parser.TryConsume<MappingStart>(out _))
            node = ReadMapping(mark, depth);
        else
            throw Refuse(DiagnosticCodes.Syntax, mark, "a value was expected here");
        if (flow)
            _open.Pop();
        // Registered once complete: an alias inside its own anchor finds nothing and is refused, so no cycles exist.
        if (anchor is not null)
            _anchors[anchor] = (node, _nodes - before + 1);
        return node;
    }

    private Node ReadAlias(AnchorAlias alias)
    {
        var mark = MarkOf(alias.Start);
        if (!_anchors.TryGetValue(alias.Value.Value, out var found))
            throw Refuse(DiagnosticCodes.UnsupportedYaml, mark, $"no anchor '&{Printable.Show(alias.Value.Value, 40)}' stands before this alias");
        _aliased += found.Size;
        // The size counts what the alias repeats, so that aliases of aliases add up.
        _nodes += found.Size;
        return _aliased <= MaxAliasedNodes
            ? found.Node
            : throw Refuse(DiagnosticCodes.TooManyAliases, mark, $"aliases repeat more than {MaxAliasedNodes} values");
    }

    private SequenceNode ReadSequence(Mark mark, int depth)
    {
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new SequenceNode(mark, items);
    }

    private MappingNode ReadMapping(Mark mark, int depth)
    {
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, Mark>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not ScalarNode key)
                throw Refuse(DiagnosticCodes.UnsupportedYaml, MarkOf(_parser.Current!.Start), "a key must be plain text");
            if (key is { Plain: true, Value: "<<" })
                throw Refuse(DiagnosticCodes.UnsupportedYaml, key.Mark, "merge keys (<<) are not supported", "write the keys out");
            var value = ReadNode(depth + 1);
            if (seen.TryAdd(key.Value, key.Mark))
                entries.Add(new MappingEntry(key, value));
            else
                _bag.Add(DiagnosticCodes.DuplicateKey, key.Mark, "", $"the key '{Printable.Show(key.Value)}' was already given on line {seen[key.Value].Line}", "remove one of the two");
        }
        return new MappingNode(mark, entries);
    }

    private Refused Refuse(DiagnosticCode code, Mark mark, string message, string? hint = null)
    {
        _bag.Add(code, mark, "", message, hint);
        return new Refused();
    }

    private static Mark MarkOf(YamlDotNet.Core.Mark mark) => new((int)mark.Line, (int)mark.Column);

    private void ReportSyntax(string text, YamlException e)
    {
        var mark = MarkOf(e.Start);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        // The scanner may complain one line before or after the tab that confused it.
        for (var i = Math.Max(0, mark.Line - 2); i <= mark.Line && i < lines.Length; i++)
        {
            if (!lines[i].TrimStart(' ').StartsWith('\t'))
                continue;
            _bag.Add(DiagnosticCodes.Syntax, new Mark(i + 1, lines[i].IndexOf('\t') + 1), "", "a tab is used for indentation", "YAML is indented with spaces, never with tabs");
            return;
        }
        var atEnd = mark.Line >= lines.Length || (mark.Line == lines.Length - 1 && lines[^1].Length == 0 && mark.Column > lines[^2].Length);
        if (atEnd && _open.TryPeek(out var opened))
            _bag.Add(DiagnosticCodes.Syntax, opened, "", "this bracket is never closed", "add the closing bracket");
        else
            _bag.Add(DiagnosticCodes.Syntax, mark, "", Printable.Show(e.Message, 160), "check the indentation, and quote values that contain ': ' or ' #'");
    }

    /// <summary>Leaves the recursion after a problem that was already reported.</summary>
    private sealed class Refused : Exception;
}
