using System.Collections.Frozen;
using Weir.Core.Dialects;

namespace Weir.Http;

/// <summary>
/// The data plane's paths, as the dialects name them. Paths without placeholders take one look-up; the others are tried
/// in the dialects' order.
/// </summary>
internal sealed class EndpointTable
{
    private readonly FrozenDictionary<string, Endpoint> _exact;
    private readonly (PathTemplate Template, IDialect Dialect, ClientRoute Route)[] _templates;
    private readonly (string Start, IDialect Dialect)[] _starts;
    private readonly IDialect _first;

    /// <param name="dialects">In order of preference; the first gives unknown paths their error shape.</param>
    public EndpointTable(DialectTable dialects)
    {
        _first = dialects.All[0];
        var routes = dialects.All.SelectMany(d => d.ClientRoutes.Select(r => (Template: PathTemplate.Parse(r.Template), Dialect: d, Route: r))).ToList();
        _exact = routes.Where(r => r.Template.IsLiteral)
            .ToFrozenDictionary(r => r.Route.Template, r => new Endpoint(r.Dialect, new CallHead(r.Route.Operation, null, r.Route.Stream, null, r.Route.Template)), StringComparer.Ordinal);
        _templates = [.. routes.Where(r => !r.Template.IsLiteral)];
        _starts = [.. routes.Select(r => (Start: r.Template.Start, r.Dialect)).Where(s => s.Start.Length > 1).OrderByDescending(s => s.Start.Length)];
        Paths = [.. routes.Select(r => r.Route.Template)];
    }

    /// <summary>Every path served, as templates.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>What <paramref name="path"/> (as Kestrel normalised it) asks for, or null.</summary>
    public Endpoint? Find(string path)
    {
        if (_exact.TryGetValue(path, out var endpoint))
            return endpoint;
        foreach (var (template, dialect, route) in _templates)
        {
            if (template.TryMatch(path, out var model))
                return new Endpoint(dialect, new CallHead(route.Operation, model, route.Stream, null, route.Template));
        }
        return null;
    }

    /// <summary>Whose error shape an unknown path gets: the dialect with a path that begins alike.</summary>
    public IDialect DialectFor(string path)
    {
        foreach (var (start, dialect) in _starts)
        {
            if (path.StartsWith(start, StringComparison.Ordinal))
                return dialect;
        }
        return _first;
    }
}
