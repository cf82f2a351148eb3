using System.Globalization;
using System.Net;

namespace Weir.Load;

/// <summary>`--name value` options and bare `--flags`; every option read is ticked off so that a typo is an error.</summary>
internal sealed class Arguments
{
    private readonly List<(string Name, string? Value)> _options = [];
    private readonly HashSet<string> _used = [];

    internal Arguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith('-'))
                throw new UsageException($"unexpected argument '{args[i]}'");
            var hasValue = i + 1 < args.Count && !args[i + 1].StartsWith('-');
            _options.Add((args[i], hasValue ? args[++i] : null));
        }
    }

    internal bool Flag(string name)
    {
        _used.Add(name);
        return _options.Any(o => o.Name == name);
    }

    internal string? Text(string name) => All(name) is [.., var last] ? last : null;

    internal string Required(string name) => Text(name) ?? throw new UsageException($"{name} is required");

    internal IReadOnlyList<string> All(string name)
    {
        _used.Add(name);
        return [.. _options.Where(o => o.Name == name)
            .Select(o => o.Value ?? throw new UsageException($"{name} needs a value"))];
    }

    internal double Number(string name, double fallback) => Text(name) is { } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UsageException($"{name}: '{text}' is not a number")
        : fallback;

    internal int Integer(string name, int fallback) => (int)Number(name, fallback);

    internal IPEndPoint EndPoint(string name) => IPEndPoint.TryParse(Required(name), out var endpoint)
        ? endpoint
        : throw new UsageException($"{name} must be address:port");

    internal void RejectUnknown()
    {
        if (_options.FirstOrDefault(o => !_used.Contains(o.Name)).Name is { } unknown)
            throw new UsageException($"unknown option {unknown}");
    }
}
