namespace Weir.Simulator.Answers;

/// <summary>What a conversation tells of tools.</summary>
/// <param name="Rounds">How often results were brought since the user's last words; 0 unless the last turn brings some.</param>
/// <param name="Results">Messages or items with results in the whole conversation.</param>
internal readonly record struct ToolHistory(int Rounds, int Results)
{
    public static ToolHistory Of(IEnumerable<TurnKind> turns)
    {
        int rounds = 0, results = 0;
        var last = TurnKind.Other;
        foreach (var turn in turns)
        {
            rounds = turn switch
            {
                TurnKind.Words => 0,
                // Results of parallel calls stand one after the other.
                TurnKind.Result when last != TurnKind.Result => rounds + 1,
                _ => rounds,
            };
            results += turn == TurnKind.Result ? 1 : 0;
            last = turn;
        }

        return new ToolHistory(last == TurnKind.Result ? rounds : 0, results);
    }
}
