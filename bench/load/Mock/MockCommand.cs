namespace Weir.Load.Mock;

/// <summary>`weir-load mock`.</summary>
internal static class MockCommand
{
    internal static int Execute(Arguments arguments, CancellationToken cancellationToken)
    {
        MockSettings settings = new(
            arguments.EndPoint("--listen"),
            arguments.Integer("--chunks", 50),
            arguments.Number("--pace", 20),
            arguments.Number("--delay", 0),
            arguments.Integer("--status", 200));
        arguments.RejectUnknown();
        using MockServer server = new(settings);
        server.Run(cancellationToken);
        return 0;
    }
}
