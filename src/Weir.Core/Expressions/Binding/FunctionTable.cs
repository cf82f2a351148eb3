using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions.Binding;

/// <summary>All functions and operators with fixed types. <c>== != in [] &amp;&amp; || ?: !</c> and matches() have rules of their own in the binder.</summary>
internal static class FunctionTable
{
    private static readonly ExpressionType Bool = ExpressionType.Bool, Int = ExpressionType.Int, Uint = ExpressionType.Uint,
        Double = ExpressionType.Double, Text = ExpressionType.String, Duration = ExpressionType.Duration, Timestamp = ExpressionType.Timestamp,
        Dyn = ExpressionType.Dyn, AnyList = ExpressionType.ListOf(ExpressionType.Dyn), AnyMap = ExpressionType.MapOf(ExpressionType.Dyn, ExpressionType.Dyn);

    private static readonly Overload[] Ordering =
        [new(Bool, Bool, Bool), .. Pairs([Int, Uint, Double]), new(Bool, Text, Text), new(Bool, Duration, Duration), new(Bool, Timestamp, Timestamp)];

    public static readonly FunctionSpec[] Operators =
    [
        new("+", CallStyle.Operator, Arithmetic.Add,
            [new(Int, Int, Int), new(Uint, Uint, Uint), new(Double, Double, Double), new(Text, Text, Text), new(AnyList, AnyList, AnyList),
                new(Duration, Duration, Duration), new(Timestamp, Timestamp, Duration), new(Timestamp, Duration, Timestamp)], true, "Sum, or one after the other."),
        new("-", CallStyle.Operator, Arithmetic.Subtract,
            [new(Int, Int, Int), new(Uint, Uint, Uint), new(Double, Double, Double), new(Duration, Duration, Duration),
                new(Timestamp, Timestamp, Duration), new(Duration, Timestamp, Timestamp)], false, "Difference."),
        new("*", CallStyle.Operator, Arithmetic.Multiply, [new(Int, Int, Int), new(Uint, Uint, Uint), new(Double, Double, Double)], false, "Product."),
        new("/", CallStyle.Operator, Arithmetic.Divide, [new(Int, Int, Int), new(Uint, Uint, Uint), new(Double, Double, Double)], false,
            "Quotient; of integers, towards zero."),
        new("%", CallStyle.Operator, Arithmetic.Remainder, [new(Int, Int, Int), new(Uint, Uint, Uint)], false, "Remainder, with the sign of the first."),
        new("-x", CallStyle.Operator, Arithmetic.Negate, [new(Int, Int), new(Double, Double)], false, "Negative."),
        new("<", CallStyle.Operator, Comparing.Less, Ordering, true, "Numbers of all kinds compare; strings by code point."),
        new("<=", CallStyle.Operator, Comparing.LessOrEqual, Ordering, true, "As `<`."),
        new(">", CallStyle.Operator, Comparing.Greater, Ordering, true, "As `<`."),
        new(">=", CallStyle.Operator, Comparing.GreaterOrEqual, Ordering, true, "As `<`."),
    ];

    /// <summary>Parts of a timestamp, in UTC, or in a time zone that is known when the expression is compiled.</summary>
    public static readonly FunctionSpec[] DateParts =
    [
        Part("getFullYear", Dates.FullYear, "The year."),
        Part("getMonth", Dates.Month, "The month, from 0."),
        Part("getDate", Dates.Date, "The day of the month, from 1."),
        Part("getDayOfMonth", Dates.DayOfMonth, "The day of the month, from 0."),
        Part("getDayOfWeek", Dates.DayOfWeek, "The day of the week, from 0 for Sunday."),
        Part("getDayOfYear", Dates.DayOfYear, "The day of the year, from 0."),
        Part("getHours", Dates.Hours, "The hour; of a duration, its whole hours.", Duration),
        Part("getMinutes", Dates.Minutes, "The minute; of a duration, its whole minutes.", Duration),
        Part("getSeconds", Dates.Seconds, "The second; of a duration, its whole seconds.", Duration),
        Part("getMilliseconds", Dates.Milliseconds, "The milliseconds within the second.", Duration),
    ];

    public static readonly FunctionSpec[] Functions =
    [
        new("size", CallStyle.Global | CallStyle.Receiver, Texts.Size, [new(Int, Text), new(Int, AnyList), new(Int, AnyMap)], true,
            "Code points of a string, items of a list, entries of a map."),
        new("contains", CallStyle.Receiver, Texts.Contains, [new(Bool, Text, Text)], true, "Whether the text occurs in it."),
        new("startsWith", CallStyle.Receiver, Texts.StartsWith, [new(Bool, Text, Text)], true, "Whether it begins with the text."),
        new("endsWith", CallStyle.Receiver, Texts.EndsWith, [new(Bool, Text, Text)], true, "Whether it ends with the text."),
        new("lowerAscii", CallStyle.Receiver, Texts.LowerAscii, [new(Text, Text)], true, "A to Z become a to z (CEL's strings extension)."),
        new("int", CallStyle.Global, Conversions.ToInt, [new(Int, Int), new(Int, Uint), new(Int, Double), new(Int, Text), new(Int, Timestamp)], false,
            "Doubles are cut towards zero; timestamps give seconds since 1970."),
        new("uint", CallStyle.Global, Conversions.ToUint, [new(Uint, Uint), new(Uint, Int), new(Uint, Double), new(Uint, Text)], false, "As `int`."),
        new("double", CallStyle.Global, Conversions.ToDouble, [new(Double, Double), new(Double, Int), new(Double, Uint), new(Double, Text)], false,
            "The nearest double."),
        new("string", CallStyle.Global, Conversions.ToText,
            [new(Text, Text), new(Text, Int), new(Text, Uint), new(Text, Double), new(Text, Bool), new(Text, Duration), new(Text, Timestamp)], false,
            "Doubles in the shortest form that reads back as the same."),
        new("bool", CallStyle.Global, Conversions.ToBool, [new(Bool, Bool), new(Bool, Text)], false, "From `true`, `True`, `TRUE`, `t`, `T`, `1` and their opposites."),
        new("duration", CallStyle.Global, Conversions.ToDuration, [new(Duration, Duration), new(Duration, Text)], false, "From `1h30m`, `1.5s`, `-250ms`; units h, m, s, ms, us, ns."),
        new("timestamp", CallStyle.Global, Conversions.ToTimestamp, [new(Timestamp, Timestamp), new(Timestamp, Text), new(Timestamp, Int)], false,
            "From RFC 3339, or from seconds since 1970."),
        new("dyn", CallStyle.Global, static (in a, in _, ref _) => a, [new(Dyn, Dyn)], false, "The same value, its type checked only when it is evaluated."),
        .. DateParts,
    ];

    public static FunctionSpec Operator(string name) => Operators.First(o => o.Name == name);

    public static FunctionSpec? Find(string name) => Array.Find(Functions, f => f.Name == name);

    private static FunctionSpec Part(string name, FunctionBody body, string summary, params ExpressionType[] also) =>
        new(name, CallStyle.Receiver, body, [new(Int, Timestamp), new(Int, Timestamp, Text), .. also.Select(t => new Overload(Int, t))], false, summary);

    private static IEnumerable<Overload> Pairs(ExpressionType[] types) => types.SelectMany(a => types.Select(b => new Overload(Bool, a, b)));
}
