namespace Weir.Core.Configuration.Reading;

/// <summary>A place in a file; line and column count from 1. <see cref="None"/> = not from a file.</summary>
public readonly record struct Mark(int Line, int Column)
{
    public static Mark None => default;
}
