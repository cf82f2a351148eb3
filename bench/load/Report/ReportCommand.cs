namespace Weir.Load.Report;

/// <summary>`weir-load report`.</summary>
internal static class ReportCommand
{
    internal static int Execute(Arguments arguments)
    {
        arguments.RejectUnknown();
        return 0;
    }
}
