using System.Text;
using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

/// <summary>
/// Requests whose true difficulty follows from what can be seen: a topic, a number of constraints, a length. How the two models
/// do is drawn from it, so even the best possible choice cannot know an outcome, only its probability.
/// </summary>
internal static class SyntheticTasks
{
    // Topic words say nothing to the prior: what they are worth must be learnt.
    private static readonly (string Words, float Hardness)[] Topics =
        [("greeting hello friend chat", -2.5f), ("colour garden flower painting", -1.5f), ("travel hotel beach ticket", -0.5f), ("tax ledger audit depreciation", 1.0f), ("tensor manifold lemma homotopy", 2.0f), ("kernel scheduler mutex deadlock", 2.5f)];

    /// <summary>Draws tasks; <c>WeakChance</c> and <c>StrongChance</c> are what an oracle knows.</summary>
    public static IEnumerable<(RoutedTask Task, float WeakChance, float StrongChance)> Draw(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (words, hardness) = Topics[random.Next(Topics.Length)];
            var topic = words.Split(' ');
            var constraints = random.Next(5);
            var text = new StringBuilder("please help with ");
            for (var w = random.Next(3, 12); w > 0; w--)
                text.Append(topic[random.Next(topic.Length)]).Append(' ');
            for (var c = 0; c < constraints; c++)
                text.Append("\n- it must stay under ").Append(random.Next(100)).Append(" words");
            var difficulty = hardness + 0.4f * constraints - 0.5f;
            float weak = Sigmoid(0.5f - difficulty), strong = Sigmoid(2.5f - 0.5f * difficulty);
            var sketch = DifficultySketch.Of(new DifficultyFeatures { Text = Encoding.UTF8.GetBytes(text.ToString()), Turns = 1 });
            yield return (new RoutedTask(sketch, Draw(weak), Draw(strong)), weak, strong);
        }

        float Draw(float chance) => random.NextSingle() < chance ? 1 : 0;
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
