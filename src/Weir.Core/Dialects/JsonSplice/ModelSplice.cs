using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Core.Dialects.JsonSplice;

/// <summary>The one edit nearly every same-dialect request gets: the target's name for the model.</summary>
public static class ModelSplice
{
    /// <summary>Puts the target's name where the client's stands; inserts it where the client named the model in the path only.</summary>
    public static void Plan(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        // Both sides name it in the path: a name in the body is nobody's to read, and passes as it is.
        if (facts.ModelInPath && target.Quirks.DeploymentPaths)
            return;
        if (!facts.ModelValue.IsPresent)
        {
            splices.Add(new Splice(facts.FirstMemberOffset, 0, (byte[])[.. "\"model\":"u8, .. Quoted(target.Model), (byte)',']));
            return;
        }

        if (facts.Model != target.Model || facts.ModelInPath)
            splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, Quoted(target.Model)));
    }

    private static byte[] Quoted(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];
}
