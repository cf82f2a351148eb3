namespace Weir.Core.Configuration.Documents;

/// <summary>HTTP versions a listener accepts.</summary>
public enum HttpProtocols { Http1, Http2, Both }
