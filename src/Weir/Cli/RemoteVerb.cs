using Weir.Cli.Terminal;

namespace Weir.Cli;

/// <summary>What a verb that asks the running server works with.</summary>
internal sealed record RemoteVerb(CliConsole Console, AdminClient Client, bool Json)
{
    public TextWriter Out => Console.Out;

    public Ink Ink => new(Console.Color);

    public DateTimeOffset Now => Console.Time.GetUtcNow();
}
