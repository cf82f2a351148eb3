namespace Weir.Core.Expressions;

/// <summary>
/// Where an expression gets the values of its variables from. Asked only for a variable that the evaluation reaches, and
/// again each time it does: an activation keeps what is expensive.
/// </summary>
public interface IActivation
{
    /// <summary>
    /// The value of <paramref name="variable"/> in this call: of its declared type, <see cref="Value.Absent"/> when there is
    /// none, or an error value. Does not throw.
    /// </summary>
    Value Read(Variable variable);
}
