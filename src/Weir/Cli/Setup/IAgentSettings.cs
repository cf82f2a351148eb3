namespace Weir.Cli.Setup;

/// <summary>How one coding agent is told where its models are.</summary>
internal interface IAgentSettings
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Name for people.</summary>
    string DisplayName { get; }

    /// <summary>How models are named that this agent expects; a listed model that begins so is preferred.</summary>
    IReadOnlyList<string> PreferredModels { get; }

    /// <summary>The files to write, with everything else in them kept.</summary>
    /// <exception cref="CliException">A file cannot be edited safely.</exception>
    IReadOnlyList<FileChange> Plan(UserFolders folders, Connection connection);

    /// <summary>The call this agent makes, small: path and body.</summary>
    (string Path, string Body) Probe(Connection connection);

    /// <summary>How to start it now.</summary>
    string Start(Connection connection);
}
