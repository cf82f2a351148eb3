using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Languages;

/// <summary>
/// Names the language of a text by its script and, where several languages share one, by naive Bayes over words and character runs
/// of profiles written for the purpose. Immutable, thread safe, allocates nothing per text.
/// </summary>
public sealed class LanguageDetector
{
    private const int Buckets = 1 << 16;

    /// <summary>Added to each count: no run is impossible.</summary>
    private const float Smoothing = 0.01f;

    /// <summary>Grams of one text depend on each other; each says this much of what it would say alone.</summary>
    private const float Discount = 0.15f;

    private readonly string[] _languages;
    private readonly Script[] _scripts;
    private readonly float[] _logs;

    /// <summary>Reads the profiles that the program carries; a few milliseconds.</summary>
    public LanguageDetector()
    {
        var profiles = LanguageProfiles.Read();
        _languages = [.. profiles.Select(p => p.Language).Distinct()];
        _scripts = new Script[_languages.Length];
        _logs = new float[Buckets * _languages.Length];
        var totals = new float[_languages.Length];
        using var scratch = new GramScratch();
        foreach (var (language, text) in profiles)
        {
            var index = Array.IndexOf(_languages, language);
            var utf8 = Encoding.UTF8.GetBytes(text);
            _scripts[index] = ScriptCounts.Of(utf8).Main;
            for (var at = 0; at < utf8.Length; at += TextWindow.MaxBytes)
            {
                var (words, runs) = scratch.Read(utf8.AsSpan(at, Math.Min(TextWindow.MaxBytes, utf8.Length - at)));
                Count(words);
                Count(runs);
            }

            void Count(ReadOnlySpan<uint> grams)
            {
                foreach (var gram in grams)
                    _logs[(gram & (Buckets - 1)) * _languages.Length + index]++;
                totals[index] += grams.Length;
            }
        }

        for (var i = 0; i < _logs.Length; i++)
            _logs[i] = MathF.Log((_logs[i] + Smoothing) / (totals[i % _languages.Length] + Smoothing * Buckets));
    }

    /// <summary>The languages it knows, as ISO 639-1 codes.</summary>
    public IEnumerable<string> Languages => _languages.Concat(ScriptCounts.Alone);

    /// <summary>The language of the text's beginning and end, or <see cref="LanguageVerdict.None"/> for one without letters.</summary>
    public LanguageVerdict Detect(ReadOnlySpan<byte> utf8)
    {
        var scripts = ScriptCounts.Of(utf8);
        if (scripts.Main == Script.None)
            return LanguageVerdict.None;
        if (ScriptCounts.LanguageOf(scripts.Main) is { } alone)
            return new LanguageVerdict(alone, scripts.MainShare);

        Span<float> scores = stackalloc float[_languages.Length];
        using var scratch = new GramScratch();
        var (words, runs) = scratch.Read(utf8);
        Add(words, scores);
        Add(runs, scores);
        var best = -1;
        for (var i = 0; i < scores.Length; i++)
        {
            if (_scripts[i] == scripts.Main && (best < 0 || scores[i] > scores[best]))
                best = i;
        }

        if (best < 0)
            return LanguageVerdict.None;
        var sum = 0f;
        for (var i = 0; i < scores.Length; i++)
        {
            if (_scripts[i] == scripts.Main)
                sum += MathF.Exp((scores[i] - scores[best]) * Discount);
        }

        return new LanguageVerdict(_languages[best], scripts.MainShare / sum);
    }

    private void Add(ReadOnlySpan<uint> grams, Span<float> scores)
    {
        foreach (var gram in grams)
        {
            var row = _logs.AsSpan((int)(gram & (Buckets - 1)) * scores.Length, scores.Length);
            for (var i = 0; i < row.Length; i++)
                scores[i] += row[i];
        }
    }
}
