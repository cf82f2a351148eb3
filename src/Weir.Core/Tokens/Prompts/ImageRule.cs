namespace Weir.Core.Tokens.Prompts;

/// <summary>
/// How a family of models counts an image. Sources: the vendors' pages on vision (OpenAI "Images and vision", Anthropic
/// "Vision", Google "Image understanding"), August 2026.
/// </summary>
/// <param name="Kind">The way of cutting.</param>
/// <param name="Base">Tiles: tokens of any image, and all of one at low detail.</param>
/// <param name="PerTile">Tiles: tokens of each.</param>
/// <param name="Percent">Patches: tokens per hundred.</param>
internal sealed record ImageRule(ImageCut Kind, int Base = 0, int PerTile = 0, int Percent = 0)
{
    private const int PatchSide = 32;
    private const int MostPatches = 1536;

    // The first that a model's name begins with.
    private static readonly (string Family, ImageRule Rule)[] Families =
    [
        ("gpt-4o-mini", new(ImageCut.Tiles, 2833, 5667)),
        ("gpt-4.1-mini", new(ImageCut.Patches, Percent: 162)),
        ("gpt-4.1-nano", new(ImageCut.Patches, Percent: 246)),
        ("gpt-5-mini", new(ImageCut.Patches, Percent: 162)),
        ("gpt-5-nano", new(ImageCut.Patches, Percent: 246)),
        ("o4-mini", new(ImageCut.Patches, Percent: 172)),
        ("gpt-5", new(ImageCut.Tiles, 70, 140)),
        ("o1", new(ImageCut.Tiles, 75, 150)),
        ("o3", new(ImageCut.Tiles, 75, 150)),
        ("claude", new(ImageCut.Area)),
        ("gemini", new(ImageCut.Squares)),
        ("", new(ImageCut.Tiles, 85, 170)),
    ];

    public static ImageRule Of(string model)
    {
        var name = model[(model.LastIndexOf('/') + 1)..];
        return Families.First(f => name.StartsWith(f.Family, StringComparison.OrdinalIgnoreCase)).Rule;
    }

    public long Tokens(ImageSize size, string? detail) => Kind switch
    {
        ImageCut.Tiles => detail == "low" ? Base : Base + PerTile * Tiles(size),
        ImageCut.Patches => (Patches(size) * Percent + 99) / 100,
        ImageCut.Area => Area(size),
        _ => size is { Width: <= 384, Height: <= 384 } ? 258 : 258 * Cells(size.Width, 768) * Cells(size.Height, 768),
    };

    /// <summary>Fitted into 2048 by 2048, then the short side to 768, cut into squares of 512.</summary>
    private static long Tiles(ImageSize size)
    {
        double width = size.Width, height = size.Height;
        Shrink(ref width, ref height, 2048 / Math.Max(width, height));
        Shrink(ref width, ref height, 768 / Math.Min(width, height));
        return Cells(width, 512) * Cells(height, 512);
    }

    /// <summary>Squares of 32, the image shrunk until they are not too many.</summary>
    private static long Patches(ImageSize size)
    {
        var patches = Cells(size.Width, PatchSide) * Cells(size.Height, PatchSide);
        if (patches <= MostPatches)
            return patches;
        double width = size.Width, height = size.Height;
        var scale = Math.Sqrt((double)PatchSide * PatchSide * MostPatches / (width * height));
        var (columns, rows) = (width * scale / PatchSide, height * scale / PatchSide);
        scale *= Math.Min(Math.Floor(columns) / columns, Math.Floor(rows) / rows);
        return Math.Min(MostPatches, Cells(Math.Floor(width * scale), PatchSide) * Cells(Math.Floor(height * scale), PatchSide));
    }

    /// <summary>A token for 750 pixels, after the long side was fitted into 1568 and all into 1600 tokens.</summary>
    private static long Area(ImageSize size)
    {
        double width = size.Width, height = size.Height;
        Shrink(ref width, ref height, 1568 / Math.Max(width, height));
        return Math.Min(1600, (long)Math.Ceiling(width * height / 750));
    }

    private static void Shrink(ref double width, ref double height, double scale)
    {
        if (scale < 1)
            (width, height) = (width * scale, height * scale);
    }

    private static long Cells(double length, int side) => (long)Math.Ceiling(length / side);
}

/// <summary>OpenAI's older and newer way, Anthropic's, and Google's.</summary>
internal enum ImageCut { Tiles, Patches, Area, Squares }
