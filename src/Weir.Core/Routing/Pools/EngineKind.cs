namespace Weir.Core.Routing.Pools;

/// <summary>Inference servers whose metrics are understood.</summary>
public enum EngineKind { Vllm, Sglang, Tgi, Triton, LlamaCpp, Ollama }
