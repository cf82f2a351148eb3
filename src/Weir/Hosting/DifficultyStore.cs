using System.Security.Cryptography;
using System.Text;
using Weir.Core.Routing.Content;

namespace Weir.Hosting;

/// <summary>
/// Keeps what was learnt about pairs of models over restarts: one file of about 135 KB for each pair. What is damaged or of
/// another version is left aside, and learning starts anew.
/// </summary>
internal sealed class DifficultyStore : IDisposable
{
    /// <summary>Lessons after which the files are written again; the end of the process writes them too.</summary>
    private const int LessonsPerSave = 50;

    private readonly string _folder;
    private readonly Lock _saving = new();
    private int _lessons;

    public DifficultyStore(string folder)
    {
        _folder = folder;
        Models = new DifficultyModels(saved: (strong, weak) => Read(PathOf(strong, weak)));
    }

    public DifficultyModels Models { get; }

    /// <summary>Feedback of an operator or judge; see <see cref="DifficultyModels.Learn"/>.</summary>
    public bool Learn(string request, double score, double weight)
    {
        if (!Models.Learn(request, score, weight))
            return false;
        if (Interlocked.Increment(ref _lessons) % LessonsPerSave == 0)
            Save();
        return true;
    }

    public void Dispose()
    {
        if (_lessons > 0)
            Save();
    }

    private void Save()
    {
        lock (_saving)
        {
            Directory.CreateDirectory(_folder);
            foreach (var (strong, weak, model) in Models.All)
            {
                if (model.Learned == 0)
                    continue;
                var path = PathOf(strong, weak);
                File.WriteAllBytes(path + ".next", model.Save());
                File.Move(path + ".next", path, overwrite: true);
            }
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(string strong, string weak) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{strong}\0{weak}")).AsSpan(0, 10)) + ".bin");
}
