using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

/// <summary>One request of a test: what the model sees, and how either model does on it.</summary>
internal readonly record struct RoutedTask(DifficultySketch Sketch, float WeakQuality, float StrongQuality)
{
    public float TrueGain => StrongQuality - WeakQuality;
}
