namespace Weir.Core; internal static class Placeholder;
