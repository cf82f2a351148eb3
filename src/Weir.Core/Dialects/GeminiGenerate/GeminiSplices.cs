using System.Text;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Edits of a body that goes to a Gemini upstream as it is.</summary>
internal static class GeminiSplices
{
    /// <summary>The model stands in the path; where a body repeats it (batches, counts), both must agree.</summary>
    public static void Plan(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        splices.AddRange(facts.RequiredEdits);
        if (facts.Model != target.Model)
        {
            byte[] value = Encoding.UTF8.GetBytes($"\"models/{target.Model.Replace("\"", "", StringComparison.Ordinal)}\"");
            foreach (ByteRange place in facts.FurtherModelValues)
                splices.Add(new Splice(place.Start, place.Length, value));
        }

        splices.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }
}
