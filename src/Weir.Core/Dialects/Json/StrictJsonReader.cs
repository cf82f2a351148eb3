using System.Text.Json;
using System.Text.Unicode;

namespace Weir.Core.Dialects.Json;

/// <summary>
/// One forward pass over a client's body that refuses what two parsers could read differently: invalid UTF-8, keys that
/// come twice (at every level, escapes resolved), keys that differ only in case where Weir reads (<see cref="FoldCase"/>),
/// lone surrogates, more than the allowed depth, anything after the value. Refusals leave as <see cref="JsonRefusal"/> or
/// <see cref="JsonException"/>; <see cref="StrictJson.Describe"/> turns both into a <see cref="BadRequest"/>.
/// Pass by <c>ref</c>; <see cref="Dispose"/> returns pooled memory.
/// </summary>
internal ref struct StrictJsonReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _maxDepth;
    private readonly bool _mayHoldSurrogates;
    private Utf8JsonReader _reader;
    private KeyTracker _keys;

    public StrictJsonReader(ReadOnlySpan<byte> body, int maxDepth = StrictJson.DefaultMaxDepth)
    {
        if (body.IsEmpty)
            throw new JsonRefusal(new BadRequest("invalid_json", "The request body is empty; it must be a JSON object.", null));
        if (!Utf8.IsValid(body))
            throw new JsonRefusal(new BadRequest("invalid_utf8", "The request body is not valid UTF-8.", null));
        _body = body;
        _maxDepth = maxDepth;
        // One vectorised look spares every string the check.
        _mayHoldSurrogates = body.IndexOf("\\ud"u8) >= 0 || body.IndexOf("\\uD"u8) >= 0;
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
    }

    public readonly ReadOnlySpan<byte> Body => _body;
    /// <summary>How many objects and arrays are open around the current token.</summary>
    public readonly int Depth => _reader.CurrentDepth;

    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>Offset of the current token's first byte (the quote of a string).</summary>
    public readonly int TokenStart => (int)_reader.TokenStartIndex;

    /// <summary>Offset just after the current token (after the closing quote; after the colon of a property name).</summary>
    public readonly int TokenEnd => (int)_reader.BytesConsumed;

    /// <summary>The token's bytes: of strings and names without quotes, escapes not resolved.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => _reader.ValueSpan;

    public readonly bool ValueIsEscaped => _reader.ValueIsEscaped;

    /// <summary>Compares a string or name, escapes resolved.</summary>
    public readonly bool ValueTextEquals(ReadOnlySpan<byte> utf8Text) =>
        _reader.ValueIsEscaped ? _reader.ValueTextEquals(utf8Text) : _reader.ValueSpan.SequenceEqual(utf8Text);

    public readonly string GetString() => _reader.GetString()!;
    public readonly bool TryGetInt64(out long value) => _reader.TryGetInt64(out value);

    /// <summary>Next token; false at the end of the body.</summary>
    public bool Read()
    {
        if (!_reader.Read())
            return false;
        switch (_reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                CheckText();
                if (_keys.IsRepeated(_body, (int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length, _reader.ValueIsEscaped))
                    throw Repeated();
                break;
            case JsonTokenType.String:
                CheckText();
                break;
            case JsonTokenType.StartObject:
                CheckDepth();
                _keys.Open();
                break;
            case JsonTokenType.StartArray:
                CheckDepth();
                break;
            case JsonTokenType.EndObject:
                _keys.Close();
                break;
        }

        return true;
    }

    /// <summary>Right after an object opened: refuse keys in it that differ only in case.</summary>
    public readonly void FoldCase() => _keys.FoldCase();

    /// <summary>
    /// The current property name is none the dialect knows: refuse it when it is a known one in other case, because a
    /// lenient upstream would take it for that.
    /// </summary>
    public readonly void RefuseVariantOf(ReadOnlySpan<string> knownNames)
    {
        if (!_reader.ValueSpan.ContainsAnyInRange((byte)'A', (byte)'Z') && !_reader.ValueIsEscaped)
            return;
        var key = _reader.GetString()!;
        foreach (var name in knownNames)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase) && key != name)
                throw new JsonRefusal(StrictJson.CaseVariant(_body, TokenStart, key, name));
        }
    }

    /// <summary>Passes over the value (from its first token, or from its name), still strictly; returns its bytes.</summary>
    public ByteRange SkipValue()
    {
        if (_reader.TokenType == JsonTokenType.PropertyName)
            Read();
        var start = TokenStart;
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _reader.CurrentDepth;
            do
                Read();
            while (_reader.CurrentDepth > depth);
        }

        return new ByteRange(start, TokenEnd - start);
    }

    /// <summary>An error at the current token: <c>wrong_type</c>, naming the path and what was expected.</summary>
    public readonly JsonRefusal WrongType(string expected) => Refuse("wrong_type", $"must be {expected}");

    /// <summary>An error at the current token, worded "<c>path</c> <paramref name="problem"/>".</summary>
    public readonly JsonRefusal Refuse(string code, string problem)
    {
        var path = JsonPath.At(_body, TokenStart);
        return new JsonRefusal(new BadRequest(code, $"'{path}' {problem}.", path));
    }

    public void Dispose() => _keys.Dispose();

    private readonly void CheckText()
    {
        if (_mayHoldSurrogates && _reader.ValueIsEscaped && JsonText.HasLoneSurrogate(_reader.ValueSpan))
            throw Refuse("invalid_json", "holds half a surrogate pair, which is no Unicode text");
    }

    private readonly void CheckDepth()
    {
        if (_reader.CurrentDepth >= _maxDepth)
            throw new JsonRefusal(StrictJson.TooDeep(_maxDepth));
    }

    private readonly JsonRefusal Repeated()
    {
        var path = JsonPath.At(_body, TokenStart);
        return new JsonRefusal(new BadRequest("duplicate_key",
            $"'{path}' occurs more than once in its object (keys that differ only in case count as one); send each key once.", path));
    }
}
