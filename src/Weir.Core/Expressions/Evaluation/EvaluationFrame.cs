using System.Runtime.CompilerServices;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>What one evaluation needs beside its tree. It lives on the stack.</summary>
internal ref struct EvaluationFrame(IActivation activation, int stepBudget)
{
    /// <summary>How deep loops may nest.</summary>
    public const int MaxLocals = 8;

    private LocalValues _locals;

    public readonly IActivation Activation => activation;

    /// <summary>Steps that may still be taken; negative once the budget is exhausted.</summary>
    public int StepsLeft { get; private set; } = stepBudget;

    public readonly bool IsExhausted => StepsLeft < 0;

    /// <summary>Takes <paramref name="steps"/>. False when there are not so many left: stop then.</summary>
    public bool Charge(int steps)
    {
        StepsLeft = StepsLeft < steps ? -1 : StepsLeft - steps;
        return StepsLeft >= 0;
    }

    /// <summary>Takes what work on <paramref name="characters"/> characters of text costs.</summary>
    public bool ChargeText(int characters) => Charge(characters / TextStep);

    /// <summary>Characters that one step pays for.</summary>
    public const int TextStep = 16;

    public readonly Value Local(int slot) => _locals[slot];

    public void SetLocal(int slot, in Value value) => _locals[slot] = value;

    [InlineArray(MaxLocals)]
    private struct LocalValues
    {
        private Value _first;
    }
}
