namespace Weir.Core.Dialects;

/// <summary>Where a request body has the parameters that Weir may bound, whatever the dialect.</summary>
/// <param name="MaxTokens">Names of the output cap; the first is the one to add where there is none.</param>
/// <param name="Container">Names of the top-level object that holds them, the first to be added where there is none; empty = the body itself.</param>
public sealed record ParameterPlaces(IReadOnlyList<string> MaxTokens, IReadOnlyList<string> Container)
{
    /// <summary>Every dialect has the same word for it, and at the same place as the output cap.</summary>
    public const string Temperature = "temperature";
}
