using Weir.Core.Expressions;

namespace Weir.Core.Routing.Matching;

/// <summary>A written condition. One that fails (a missing label, an overflow) does not hold.</summary>
public sealed class ExpressionMatch(ExpressionProgram program) : IRouteMatch
{
    /// <summary>The condition as written.</summary>
    public string Text => program.Text;

    /// <summary>It may look into content.</summary>
    public bool ReadsContent { get; } = program.Variables.Any(RouteVocabulary.IsOfContent);

    public bool Matches(RouteCall call) => program.Test(call, onError: false);
}
