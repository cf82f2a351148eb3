// The providers Weir ships prices for: our name, what each source calls it, other names people use for it,
// and whose list to fall back to for a model the provider resells under the maker's own id.

export const providers = [
  { id: "alibaba", modelsDev: ["alibaba"], aliases: ["dashscope", "qwen"] },
  { id: "anthropic", genai: "anthropic", modelsDev: ["anthropic"] },
  {
    id: "azure", genai: "azure", modelsDev: ["azure"], fallback: ["openai", "anthropic"],
    aliases: ["azure-openai", "azure-foundry", "azure.ai.openai", "azure.ai.inference"],
  },
  { id: "bedrock", genai: "aws", modelsDev: ["amazon-bedrock"], aliases: ["aws", "aws-bedrock", "amazon-bedrock", "aws.bedrock"] },
  { id: "cerebras", genai: "cerebras", modelsDev: ["cerebras"] },
  { id: "cohere", genai: "cohere", modelsDev: ["cohere"] },
  { id: "deepseek", genai: "deepseek", modelsDev: ["deepseek"] },
  { id: "fireworks", genai: "fireworks", modelsDev: ["fireworks-ai"], aliases: ["fireworks-ai"] },
  {
    id: "google", genai: "google", modelsDev: ["google", "google-vertex", "google-vertex-anthropic"], fallback: ["anthropic"],
    aliases: ["gemini", "vertex", "vertexai", "vertex-ai", "google-vertex", "google-gemini", "gcp.gemini", "gcp.vertex_ai", "gcp.gen_ai"],
  },
  { id: "groq", genai: "groq", modelsDev: ["groq"] },
  { id: "minimax", genai: "minimax", modelsDev: ["minimax"] },
  { id: "mistral", genai: "mistral", modelsDev: ["mistral"], aliases: ["mistralai", "mistral_ai"] },
  { id: "moonshot", genai: "moonshotai", modelsDev: ["moonshotai"], aliases: ["moonshotai", "kimi"] },
  { id: "ollama-cloud", modelsDev: ["ollama-cloud"] },
  { id: "openai", genai: "openai", modelsDev: ["openai"] },
  { id: "openrouter", genai: "openrouter", modelsDev: ["openrouter"] },
  { id: "perplexity", genai: "perplexity", modelsDev: ["perplexity"] },
  { id: "together", genai: "together", modelsDev: ["togetherai"], aliases: ["togetherai", "together-ai"] },
  { id: "voyage", genai: "voyageai", modelsDev: [], aliases: ["voyageai"] },
  { id: "xai", genai: "x-ai", modelsDev: ["xai"], aliases: ["x-ai", "x_ai", "grok"] },
  { id: "zai", modelsDev: ["zai"], aliases: ["z-ai", "z.ai"] },
  { id: "zhipu", genai: "zhipuai", modelsDev: ["zhipuai"], aliases: ["zhipuai", "bigmodel"] },
];
