namespace Weir.Cli.Terminal;

/// <summary>How a column lines up; <see cref="Point"/> puts decimal points under each other.</summary>
internal enum Align { Left, Right, Point }
