namespace Weir.Core.Tests.Configuration;

/// <summary>The cases of <see cref="SeededMistakeTests"/> about the store that replicas share.</summary>
internal static class SeededStoreMistakes
{
    public const string Text = """
        === shared store given as a URL
        sharedState:
          redis: redis://10.0.0.7:6379 # <- WEIR4050
          password: {fromEnv: OTHER_KEY}
        === shared store with its password in the address
        sharedState: {redis: "user:secret@10.0.0.7:6379"} # <- WEIR3003
        === shared store with a port that is none
        sharedState: {redis: "10.0.0.7:99999"} # <- WEIR4050
        === shared store with a password in the file
        sharedState:
          redis: 10.0.0.7
          password: hunter2hunter2 # <- WEIR3003
        === shared store without an address
        sharedState:
          password: {fromEnv: OTHER_KEY} # <- WEIR1008
        === shared store's password nowhere, its authorities missing
        sharedState:
          redis: "[fd00::7]:6380"
          password: {fromEnv: NOT_SET} # <- WEIR3001
          tls: {caBundle: {fromFile: nowhere.pem}} # <- WEIR3002
        === shared store in the open
        sharedState: {redis: redis.example.com} # <- WEIR4051

        """;
}
