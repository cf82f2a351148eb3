using System.Collections.Frozen;
using Weir.Core.Dialects;

namespace Weir.Http;

/// <summary>
/// The data plane's paths, as the dialects name them. Paths without placeholders take one look-up; the others are tried
/// in the dialects' order.
/// </summary>
internal sealed class EndpointTable
{
    private readonly FrozenDictionary<string, (string Method, Endpoint Endpoint)[]> _exact;
    private readonly (PathTemplate Template, IDialect Dialect, ClientRoute Route)[] _templates;
    private readonly (string Start, IDialect Dialect)[] _starts;
    private readonly IDialect _first;

    /// <param name="dialects">In order of preference; the first gives unknown paths their error shape.</param>
    public EndpointTable(DialectTable dialects)
    {
        _first = dialects.All[0];
        var routes = dialects.All.SelectMany(d => d.ClientRoutes.Select(r => (Template: PathTemplate.Parse(r.Template), Dialect: d, Route: r))).ToList();
        _exact = routes.Where(r => r.Template.IsLiteral).GroupBy(r => r.Route.Template, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Select(r => (r.Route.Method, Endpoint: EndpointOf(r.Dialect, r.Route, null))).ToArray(), StringComparer.Ordinal);
        _templates = [.. routes.Where(r => !r.Template.IsLiteral)];
        _starts = [.. routes.Select(r => (Start: r.Template.Start, r.Dialect)).Where(s => s.Start.Length > 1).OrderByDescending(s => s.Start.Length)];
        Paths = [.. routes.Select(r => r.Route.Template).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every path served, as templates.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>What <paramref name="method"/> and <paramref name="path"/> (as Kestrel normalised it) ask for, or null.</summary>
    public Endpoint? Find(string method, string path)
    {
        if (_exact.TryGetValue(path, out var exact))
        {
            foreach (var (served, endpoint) in exact)
            {
                if (served == method)
                    return endpoint;
            }
        }
        foreach (var (template, dialect, route) in _templates)
        {
            if (route.Method == method && template.TryMatch(path, out var model))
                return EndpointOf(dialect, route, model);
        }
        return null;
    }

    /// <summary>The methods a path takes and the dialect of the first of them; none for a path that is not served.</summary>
    public (IReadOnlyList<string> Methods, IDialect? Dialect) MethodsOf(string path)
    {
        var exact = _exact.GetValueOrDefault(path) ?? [];
        var others = _templates.Where(t => t.Template.TryMatch(path, out _)).ToList();
        return ([.. exact.Select(e => e.Method).Concat(others.Select(t => t.Route.Method)).Distinct(StringComparer.Ordinal)],
            exact.Length > 0 ? exact[0].Endpoint.Dialect : others.Count > 0 ? others[0].Dialect : null);
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

    private static Endpoint EndpointOf(IDialect dialect, ClientRoute route, string? model) =>
        new(dialect, new CallHead(route.Operation, model, route.Stream, null, route.Template) { Method = route.Method });
}
