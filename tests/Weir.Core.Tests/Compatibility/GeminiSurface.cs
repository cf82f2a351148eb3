using Weir.Core.Dialects;
using Weir.Core.Dialects.GeminiGenerate;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Gemini <c>generateContent</c>, in the Gemini and the Vertex flavour (the types of @google/genai 3.1.0).</summary>
internal static class GeminiSurface
{
    private const string Tool = """{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}}]}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";
    private const string Looped = """{"role":"user","parts":[{"text":"hi"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":"x"}}}]}""";

    public static ClientSurface Value { get; } = new(new GeminiGenerateDialect(), "Gemini generateContent", Contents("""{"text":"hi"}"""),
    [
        new("contents: model", """{"contents":[{"role":"user","parts":[{"text":"hi"}]},{"role":"model","parts":[{"text":"a"}]},{"role":"user","parts":[{"text":"b"}]}]}"""),
        new("systemInstruction", """{"systemInstruction":{"parts":[{"text":"s"}]}}"""),
        new("parts: functionCall, functionResponse", Answered(""" "name":"f","response":{"output":"r"} """), Given: Tools),
        new("functionResponse.response.error", Answered(""" "name":"f","response":{"error":"r"} """), Given: Answered(""" "name":"f","response":{"output":"r"} """)),
        new("functionResponse.parts", Answered(""" "name":"f","response":{"output":"r"},"parts":[{"inlineData":{"mimeType":"image/png","data":"<pixel>"}}] """), Given: Answered(""" "name":"f","response":{"output":"r"} """)),
        new("functionResponse.parts[].mediaProcessing", Answered(""" "name":"f","response":{"output":"r"},"parts":[{"mediaProcessing":"STATIC","inlineData":{"mimeType":"image/png","data":"<pixel>"}}] """),
            Given: Answered(""" "name":"f","response":{"output":"r"},"parts":[{"inlineData":{"mimeType":"image/png","data":"<pixel>"}}] """)),
        new("functionResponse.willContinue, scheduling", Answered(""" "name":"f","response":{"output":"r"},"willContinue":true,"scheduling":"SILENT" """), Given: Answered(""" "name":"f","response":{"output":"r"} """)),
        new("parts: thought", Modelled("""{"text":"t","thought":true},{"text":"a"}"""), Given: Modelled("""{"text":"a"}""")),
        new("parts: thoughtSignature", Modelled("""{"text":"t","thought":true,"thoughtSignature":"c2ln"},{"text":"a"}"""), Given: Modelled("""{"text":"t","thought":true},{"text":"a"}""")),
        new("parts: inlineData (image)", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"<pixel>"}}""")),
        new("parts: inlineData (audio)", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"audio/wav","data":"UklGRg=="}}""")),
        new("parts: inlineData (video)", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"video/mp4","data":"AAAA"}}""")),
        new("parts: inlineData (PDF)", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0="}}""")),
        new("parts: inlineData (text)", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"text/plain","data":"d29yZHM="}}""")),
        new("parts: fileData (image, address)", Contents("""{"text":"hi"},{"fileData":{"mimeType":"image/png","fileUri":"https://example.com/a.png"}}""")),
        new("parts: fileData (PDF, address)", Contents("""{"text":"hi"},{"fileData":{"mimeType":"application/pdf","fileUri":"https://example.com/a.pdf"}}""")),
        new("parts: fileData (image, Google's)", Contents("""{"text":"hi"},{"fileData":{"mimeType":"image/png","fileUri":"gs://bucket/a.png"}}""")),
        new("parts: fileData (PDF, Google's)", Contents("""{"text":"hi"},{"fileData":{"mimeType":"application/pdf","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a"}}""")),
        new("parts: videoMetadata", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"<pixel>"},"videoMetadata":{"fps":1}}"""), Given: Contents("""{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"<pixel>"}}""")),
        new("parts: mediaResolution, mediaProcessing", Contents("""{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"<pixel>"},"mediaResolution":{"level":"MEDIA_RESOLUTION_LOW"},"mediaProcessing":"STATIC"}"""),
            Given: Contents("""{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"<pixel>"}}""")),
        new("parts: partMetadata, speechMetadata", Contents("""{"text":"hi","partMetadata":{"a":"b"},"speechMetadata":{"speaker":"s"}}""")),
        new("parts: audioTranscription", Contents("""{"text":"hi"},{"audioTranscription":{"text":"words"}}""")),
        new("parts: executableCode, codeExecutionResult", Modelled("""{"executableCode":{"language":"PYTHON","code":"1"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}},{"text":"a"}"""), Given: Modelled("""{"text":"a"}""")),
        new("parts: toolCall, toolResponse", Modelled("""{"toolCall":{"id":"t1","toolType":"GOOGLE_SEARCH_WEB"}},{"toolResponse":{"id":"t1"}},{"text":"a"}"""), Given: Modelled("""{"text":"a"}""")),
        new("tools: functionDeclarations", Tools),
        new("functionDeclarations[].parametersJsonSchema", """{"tools":[{"functionDeclarations":[{"name":"f","parametersJsonSchema":{"type":"object","properties":{"a":{"type":"string"}}}}]}]}""", Given: """{"tools":[{"functionDeclarations":[{"name":"f"}]}]}"""),
        new("functionDeclarations[].response, responseJsonSchema", """{"tools":[{"functionDeclarations":[{"name":"f","response":{"type":"STRING"}}]}]}""", Given: """{"tools":[{"functionDeclarations":[{"name":"f"}]}]}"""),
        new("functionDeclarations[].behavior", """{"tools":[{"functionDeclarations":[{"name":"f","behavior":"NON_BLOCKING"}]}]}""", Given: """{"tools":[{"functionDeclarations":[{"name":"f"}]}]}"""),
        new("tools: googleSearch, googleSearchRetrieval, enterpriseWebSearch", """{"tools":[{"googleSearch":{}}]}"""),
        new("tools: urlContext, googleMaps, retrieval, fileSearch", """{"tools":[{"urlContext":{}}]}"""),
        new("tools: codeExecution, computerUse, mcpServers", """{"tools":[{"codeExecution":{}}]}"""),
        new("functionCallingConfig.mode: AUTO", Calling(""" "mode":"AUTO" """), Given: Calling(""" "mode":"NONE" """)),
        new("functionCallingConfig.mode: ANY", Calling(""" "mode":"ANY" """), Given: Tools),
        new("functionCallingConfig.mode: NONE", Calling(""" "mode":"NONE" """), Given: Tools),
        new("functionCallingConfig.mode: VALIDATED", Calling(""" "mode":"VALIDATED" """), Given: Tools),
        new("functionCallingConfig.allowedFunctionNames", Calling(""" "mode":"ANY","allowedFunctionNames":["f"] """), Given: Calling(""" "mode":"ANY" """)),
        new("functionCallingConfig.allowedFunctionNames, AUTO", Calling(""" "mode":"AUTO","allowedFunctionNames":["g"] """), Given: Calling(""" "mode":"AUTO" """)),
        new("functionCallingConfig.streamFunctionCallArguments", Calling(""" "mode":"ANY","streamFunctionCallArguments":true """), Given: Calling(""" "mode":"ANY" """)),
        new("toolConfig.retrievalConfig", """{"toolConfig":{"retrievalConfig":{"languageCode":"en"}}}"""),
        new("toolConfig.includeServerSideToolInvocations", """{"toolConfig":{"includeServerSideToolInvocations":true}}"""),
        new("safetySettings", """{"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]}"""),
        new("cachedContent", """{"cachedContent":"cachedContents/1"}"""),
        new("serviceTier", """{"serviceTier":"flex"}"""),
        new("labels", """{"labels":{"a":"b"}}"""),
        new("store", """{"store":true}"""),
        new("modelArmorConfig", """{"modelArmorConfig":{"promptTemplateName":"t"}}"""),
        new("continuationToken", """{"continuationToken":"t"}"""),
        new("outputConfig", """{"outputConfig":{"outputUriPrefix":"gs://bucket/"}}"""),
        new("maxOutputTokens", Config(""" "maxOutputTokens":100 """)),
        new("temperature", Config(""" "temperature":0.5 """)),
        new("topP", Config(""" "topP":0.5 """)),
        new("topK", Config(""" "topK":5 """)),
        new("candidateCount", Config(""" "candidateCount":2 """)),
        new("stopSequences", Config(""" "stopSequences":["x"] """)),
        new("seed", Config(""" "seed":7 """)),
        new("presencePenalty", Config(""" "presencePenalty":0.5 """)),
        new("frequencyPenalty", Config(""" "frequencyPenalty":0.5 """)),
        new("responseLogprobs", Config(""" "responseLogprobs":true """)),
        new("logprobs", Config(""" "responseLogprobs":true,"logprobs":2 """), Given: Config(""" "responseLogprobs":true """)),
        new("responseMimeType: application/json", Config(""" "responseMimeType":"application/json" """)),
        new("responseMimeType: text/x.enum", Config(""" "responseMimeType":"text/x.enum","responseSchema":{"type":"STRING","enum":["a","b"]} """)),
        new("responseSchema", Config(""" "responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a":{"type":"STRING"}},"required":["a"]} """), Given: Config(""" "responseMimeType":"application/json" """)),
        new("responseJsonSchema", Config(""" "responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]} """), Given: Config(""" "responseMimeType":"application/json" """)),
        new("responseFormat: text", Config(""" "responseFormat":[{"text":{"mimeType":"application/json","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}] """)),
        new("responseFormat: image, audio, video", Config(""" "responseFormat":[{"image":{}}] """)),
        new("responseModalities", Config(""" "responseModalities":["TEXT","IMAGE"] """)),
        new("thinkingConfig.thinkingBudget", Thinking(""" "thinkingBudget":2000 """), Given: """{"generationConfig":{"maxOutputTokens":8000}}"""),
        new("thinkingConfig.thinkingLevel", Thinking(""" "thinkingLevel":"LOW" """), Given: """{"generationConfig":{"maxOutputTokens":8000}}"""),
        new("thinkingConfig.includeThoughts", Thinking(""" "includeThoughts":true """), Given: """{"generationConfig":{"maxOutputTokens":8000}}"""),
        new("mediaResolution", Config(""" "mediaResolution":"MEDIA_RESOLUTION_LOW" """)),
        new("speechConfig", Config(""" "speechConfig":{"languageCode":"en-US"} """)),
        new("imageConfig", Config(""" "imageConfig":{"aspectRatio":"1:1"} """)),
        new("audioTimestamp", Config(""" "audioTimestamp":true """)),
        new("audioTranscriptionConfig", Config(""" "audioTranscriptionConfig":{"diarization":true} """)),
        new("translationConfig", Config(""" "translationConfig":{"targetLanguageCode":"fr"} """)),
        new("routingConfig, modelConfig", Config(""" "routingConfig":{"autoMode":{}} """)),
        new("enableAffectiveDialog, enableEnhancedCivicAnswers", Config(""" "enableAffectiveDialog":true """)),
        new("streamGenerateContent", "{}", Head: new CallHead(Operation.Chat, "m", Stream: true)),
        new("an unknown member", """{"xUnheardOf":1}"""),
    ], new CallHead(Operation.Chat, "m", Stream: false));

    private static string Contents(string parts) => """{"contents":[{"role":"user","parts":[""" + parts + "]}]}";

    private static string Modelled(string parts) =>
        """{"contents":[{"role":"user","parts":[{"text":"hi"}]},{"role":"model","parts":[""" + parts + """]},{"role":"user","parts":[{"text":"b"}]}]}""";

    private static string Answered(string response) =>
        """{"tools":[""" + Tool + """],"contents":[""" + Looped + """,{"role":"user","parts":[{"functionResponse":{""" + response + "}}]}]}";

    private static string Calling(string config) => """{"tools":[""" + Tool + """],"toolConfig":{"functionCallingConfig":{""" + config + "}}}";

    private static string Config(string members) => """{"generationConfig":{""" + members + "}}";

    private static string Thinking(string members) => """{"generationConfig":{"maxOutputTokens":8000,"thinkingConfig":{""" + members + "}}}";
}
