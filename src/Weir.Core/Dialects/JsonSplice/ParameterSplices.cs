using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Core.Dialects.JsonSplice;

/// <summary>Edits that bound a request's output cap and temperature, and set members of its body; every other byte stays.</summary>
/// <param name="places">Where the dialect has them.</param>
/// <param name="maxTokens">Output cap: put where there is none, or a larger one. Null = not bounded.</param>
/// <param name="minTemperature">A lower one is raised to this. Null = not bounded.</param>
/// <param name="maxTemperature">A higher one is lowered to this. Null = not bounded.</param>
/// <param name="members">Top-level members to be set whatever stands there: name, value as JSON.</param>
public sealed class ParameterSplices(
    ParameterPlaces places, long? maxTokens, double? minTemperature, double? maxTemperature, IReadOnlyList<(string Name, string Json)> members)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 10_000 };

    /// <summary>Adds the edits of <paramref name="body"/>, a JSON object.</summary>
    public void Plan(ReadOnlySpan<byte> body, List<Splice> splices)
    {
        var reader = new Utf8JsonReader(body, Deep);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        var inside = (int)reader.BytesConsumed;
        var missing = new List<(string Name, string Json)>(members);
        var nested = places.Container.Count > 0;
        var capped = maxTokens is null;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (missing.FindIndex(Same(ref reader)) is >= 0 and var at)
            {
                // Whoever sets the whole object sees to the cap inside it.
                capped |= places.Container.Contains(missing[at].Name);
                Replace(ref reader, missing[at].Json, splices);
                missing.RemoveAt(at);
            }
            else if (nested && Is(ref reader, places.Container))
            {
                capped |= PlanContainer(ref reader, splices);
            }
            else if (!nested)
                capped |= PlanParameter(ref reader, splices);
            else
                Value(ref reader);
        }
        if (!capped && !missing.Exists(m => places.Container.Contains(m.Name)))
            missing.Insert(0, nested ? (places.Container[0], $"{{{Quoted(places.MaxTokens[0])}:{Cap}}}") : (places.MaxTokens[0], Cap));
        Insert(missing, inside, isEmpty, splices);
    }

    private string Cap => maxTokens!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>True when the output cap is seen to.</summary>
    private bool PlanContainer(ref Utf8JsonReader reader, List<Splice> splices)
    {
        var capped = maxTokens is null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!capped)
                splices.Add(new Splice(start, (int)reader.BytesConsumed - start, Encoding.UTF8.GetBytes($"{{{Quoted(places.MaxTokens[0])}:{Cap}}}")));
            return true;
        }
        var inside = (int)reader.BytesConsumed;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            capped |= PlanParameter(ref reader, splices);
        }
        if (!capped)
            Insert([(places.MaxTokens[0], Cap)], inside, isEmpty, splices);
        return true;
    }

    /// <summary>Looks at one member, value and all. True when it is the output cap.</summary>
    private bool PlanParameter(ref Utf8JsonReader reader, List<Splice> splices)
    {
        if (maxTokens is { } most && Is(ref reader, places.MaxTokens))
        {
            var (start, length, number) = Value(ref reader);
            // Below zero some servers mean: no cap.
            if (number is null or < 0 || number > most)
                splices.Add(new Splice(start, length, Encoding.UTF8.GetBytes(Cap)));
            return true;
        }
        var isTemperature = reader.ValueTextEquals(ParameterPlaces.Temperature);
        var (at, size, value) = Value(ref reader);
        if (isTemperature && value is { } temperature && (temperature < minTemperature || temperature > maxTemperature))
        {
            var bound = temperature < minTemperature ? minTemperature.Value : maxTemperature!.Value;
            splices.Add(new Splice(at, size, Encoding.UTF8.GetBytes(bound.ToString("R", CultureInfo.InvariantCulture))));
        }
        return false;
    }

    private static (int Start, int Length, double? Number) Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        double? number = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var read) ? read : null;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start, number);
    }

    private static void Replace(ref Utf8JsonReader reader, string json, List<Splice> splices)
    {
        var (start, length, _) = Value(ref reader);
        splices.Add(new Splice(start, length, Encoding.UTF8.GetBytes(json)));
    }

    private static void Insert(List<(string Name, string Json)> members, int at, bool isEmpty, List<Splice> splices)
    {
        if (members.Count == 0)
            return;
        var text = string.Join(',', members.Select(m => $"{Quoted(m.Name)}:{m.Json}"));
        splices.Add(new Splice(at, 0, Encoding.UTF8.GetBytes(isEmpty ? text : text + ",")));
    }

    private static bool Is(ref Utf8JsonReader reader, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }
        return false;
    }

    private Predicate<(string Name, string Json)> Same(ref Utf8JsonReader reader)
    {
        if (members.Count == 0)
            return static _ => false;
        var name = reader.GetString();
        return m => m.Name == name;
    }

    private static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name)}\"";
}
