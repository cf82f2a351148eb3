using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>The one edit of a passed-on body: the upstream's name of the model, in JSON or in a form.</summary>
internal static class ModelSplices
{
    public static void Plan(RequestFacts facts, string model, List<Splice> splices)
    {
        if (facts.Objects is not null || facts.Model == model)
            return;
        if (facts.Boundary is { } boundary)
        {
            // No model was named: it becomes the form's first part.
            var text = facts.ModelValue.IsPresent ? model : $"--{boundary}\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n{model}\r\n";
            splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, Encoding.UTF8.GetBytes(text)));
            return;
        }

        var name = JsonEncodedText.Encode(model, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        splices.Add(facts.ModelValue.IsPresent
            ? new Splice(facts.ModelValue.Start, facts.ModelValue.Length, Encoding.UTF8.GetBytes($"\"{name}\""))
            : new Splice(facts.FirstMemberOffset, 0, Encoding.UTF8.GetBytes($"\"model\":\"{name}\",")));
    }
}
