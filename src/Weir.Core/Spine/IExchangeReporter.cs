using Weir.Core.Metering;

namespace Weir.Core.Spine;

/// <summary>Told of every finished call: metrics, the access log, spans. Must be quick and never throw.</summary>
public interface IExchangeReporter
{
    void Completed(Exchange exchange, RequestRecord record);
}
