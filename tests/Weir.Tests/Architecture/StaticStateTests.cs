using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Weir.Cli;
using Weir.Core.Spine;
using Weir.Simulator;
using Weir.Stores;
using Xunit;

namespace Weir.Tests.Architecture;

/// <summary>No mutable statics: state belongs to the host that owns it, so that two hosts in one process never share any.</summary>
public sealed class StaticStateTests
{
    private static readonly Assembly[] Shipped =
        [typeof(Exchange).Assembly, typeof(StoreException).Assembly, typeof(SimulatorServer).Assembly, typeof(WeirCli).Assembly];

    [Fact]
    public void No_shipped_type_has_a_static_that_can_change()
    {
        var found = Shipped.SelectMany(a => a.GetTypes()).Where(t => !IsGenerated(t)).SelectMany(Mutable);
        Assert.Empty(found);
    }

    [Fact]
    public void Statics_that_can_change_are_found() => Assert.Equal(
        [$"{typeof(Sample).FullName}.Count", $"{typeof(Sample).FullName}.Names", $"{typeof(Sample).FullName}.Settable"],
        Mutable(typeof(Sample)).Select(n => n.Replace("<Settable>k__BackingField", "Settable", StringComparison.Ordinal)).Order());

    private static IEnumerable<string> Mutable(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(f => !f.IsLiteral && !IsCache(f) && (!f.IsInitOnly || Changes(f.FieldType)))
        .Select(f => $"{type.FullName}.{f.Name}");

    /// <summary>Collections that anybody holding them can change. Arrays are the language's constant tables.</summary>
    private static bool Changes(Type type) => type == typeof(StringBuilder)
        || (typeof(IEnumerable).IsAssignableFrom(type) && !type.IsArray && type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent" && !type.IsInterface);

    // Backing fields of properties begin with "<" as well, and are ours to answer for.
    private static bool IsCache(FieldInfo field) =>
        field.Name.StartsWith("<>", StringComparison.Ordinal) || field.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null;

    private static bool IsGenerated(Type type)
    {
        for (var at = type; at is not null; at = at.DeclaringType)
        {
            if (at.Name.StartsWith('<') || at.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
                || at.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null)
                return true;
        }
        return false;
    }

    private static class Sample
    {
        public const int Limit = 1;
        public static readonly string[] Table = ["a"];
        public static readonly Dictionary<string, int> Names = [];
        public static int Count = Limit;

        public static int Settable { get; set; } = Count;
        public static int Fixed { get; } = Settable;
    }
}
