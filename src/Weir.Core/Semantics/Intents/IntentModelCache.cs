using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Semantics.Intents;

/// <summary>
/// Trained models by what they were trained on, so that a reload with unchanged classes trains nothing. Whoever loads
/// configuration owns one. Holds the models used last; thread safe, and trains one model at a time.
/// </summary>
/// <param name="capacity">Models kept, at least 1.</param>
public sealed class IntentModelCache(int capacity = 16)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, IntentModel Model)> _models = new();

    /// <summary>Models held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _models.Count;
        }
    }

    /// <summary>The model of these classes and options, trained if it is not there.</summary>
    /// <exception cref="ArgumentException">As <see cref="IntentTrainer.Train"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    public IntentModel GetOrTrain(IReadOnlyList<IntentClass> classes, IntentOptions options, CancellationToken cancel)
    {
        var key = KeyOf(classes, options);
        lock (_lock)
        {
            var node = _models.First;
            while (node is not null && node.Value.Key != key)
                node = node.Next;
            if (node is null)
                node = new((key, IntentTrainer.Train(classes, options, cancel)));
            else
                _models.Remove(node);
            _models.AddFirst(node);
            if (_models.Count > Math.Max(1, capacity))
                _models.RemoveLast();
            return node.Value.Model;
        }
    }

    /// <summary>A hash over all that the model depends on, in order; each text with its length, so that none runs into the next.</summary>
    internal static string KeyOf(IReadOnlyList<IntentClass> classes, IntentOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number((long)options.Seed);
        Number(BitConverter.SingleToInt32Bits(options.FalseOutOfScope));
        Texts(options.OutOfScopeExamples);
        Number(classes.Count);
        foreach (var one in classes)
        {
            Text(one.Name);
            Texts(one.Examples);
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        void Texts(IReadOnlyList<string> texts)
        {
            Number(texts.Count);
            foreach (var text in texts)
                Text(text);
        }

        void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            hash.AppendData(bytes);
        }

        void Number(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
