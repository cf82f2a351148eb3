using System.Globalization;

namespace Weir.Core.Configuration.Reading;

/// <summary>
/// A single value. <paramref name="Plain"/> = written without quotes, so that <c>true</c>, <c>12</c> and <c>null</c> may
/// mean more than their text. Only the YAML 1.2 core spellings count: <c>yes</c>, <c>on</c> and <c>0o7</c> are text.
/// </summary>
public sealed record ScalarNode(Mark Mark, string Value, bool Plain) : Node(Mark)
{
    public bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    public bool? AsBool => !Plain ? null : Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public long? AsWhole =>
        Plain && long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    public override string Kind => IsNull ? "nothing" : AsBool is not null ? "true or false" : AsWhole is not null ? "a number" : "text";
}
