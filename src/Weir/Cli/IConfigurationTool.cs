using Weir.Core.Configuration;

namespace Weir.Cli;

/// <summary>What <c>weir check</c> and <c>weir schema</c> need of the configuration loader.</summary>
public interface IConfigurationTool
{
    /// <summary>Everything wrong or doubtful in the file, without starting or dialling anything.</summary>
    IReadOnlyList<Diagnostic> Check(string path);

    /// <summary>The JSON Schema of the configuration file.</summary>
    string Schema();
}
