namespace Weir.Core.Identity;

/// <summary>Who makes a call, as established by step 3. Tenant isolation hangs on <see cref="Tenant"/>.</summary>
/// <param name="Tenant">Tenant name; never empty (<c>default</c> when none was configured).</param>
/// <param name="Team">Team name within the tenant, or null.</param>
/// <param name="Key">The virtual key used.</param>
public sealed record Caller(string Tenant, string? Team, VirtualKey Key);
