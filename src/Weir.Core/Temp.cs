#pragma warning disable
using Weir.Core.Identity; using Weir.Core.Routing;
namespace Weir.Core.Identity { public static class ModelGrant { public static bool Allows(VirtualKey k, string m)=>true; }
public readonly record struct Cred(bool IsConflict,bool IsMissing,string Secret);
public static class CredentialExtractor { public static Cred Extract(string? a,string? b,string? c,string? d)=>default; } }
namespace Weir.Core.Routing { public static class TempX { public static (PublicModel Model, IReadOnlyList<Target> Targets)? _; 
 public static ResolvedModel? Resolve(this ModelTable t,string n)=>null; public static string? Suggest(this ModelTable t,string n,VirtualKey k)=>null; }
 public sealed record ResolvedModel(PublicModel Model, IReadOnlyList<Target> Targets); }
