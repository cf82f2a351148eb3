using Weir.Core.Dialects;

namespace Weir.Core.Routing;

/// <summary>A target that is eligible for a call, with the dialect it will be spoken to in.</summary>
/// <param name="Target">Where.</param>
/// <param name="Dialect">The dialect spoken to it.</param>
/// <param name="BaseUrl">Base URL for that dialect, without a trailing slash.</param>
/// <param name="IsNative">It is the client's own dialect: bytes pass.</param>
public sealed record PlannedTarget(Target Target, IDialect Dialect, Uri BaseUrl, bool IsNative)
{
    /// <summary>What it was chosen by, when something scored it.</summary>
    public TargetScore? Score { get; init; }
}
