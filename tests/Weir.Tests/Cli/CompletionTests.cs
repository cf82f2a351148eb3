using System.Diagnostics;
using Xunit;

namespace Weir.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("weir ke", 1, "keys")]
    [InlineData("weir keys ", 2, "create list revoke --help")]
    [InlineData("weir usage --by te", 3, "team tenant")]
    [InlineData("weir completion z", 2, "zsh")]
    [InlineData("weir requests tail --f", 3, "--follow --failed")]
    public async Task Bash_completes_what_stands_in_the_tree(string words, int at, string expected)
    {
        var script = await ScriptAsync("bash");
        var probe = $"{script}\nCOMP_WORDS=({words} \"\"); COMP_CWORD={at}; _weir; echo \"${{COMPREPLY[@]}}\"; complete -p weir\n";
        var (exit, output) = await ShellAsync("bash", probe);
        Assert.Equal(0, exit);
        Assert.Equal($"{expected}\ncomplete -o filenames -F _weir weir\n", output);
    }

    [Theory]
    [InlineData("zsh", "#compdef weir\n", "compdef _weir weir\n")]
    [InlineData("fish", "# fish completion", "complete -c weir -n '__fish_use_subcommand' -a usage")]
    public async Task Scripts_name_every_verb_and_parse_where_the_shell_is_installed(string shell, string start, string part)
    {
        var script = await ScriptAsync(shell);
        Assert.StartsWith(start, script);
        Assert.Contains(part, script);
        foreach (var verb in new[] { "up", "check", "schema", "keys", "usage", "requests", "explain", "simulate-policy", "simulate", "version", "completion" })
            Assert.Contains(verb, script);
        if (File.Exists($"/usr/bin/{shell}") || File.Exists($"/bin/{shell}"))
            Assert.Equal(0, (await ShellAsync(shell, script, "-n")).Exit);
    }

    private static async Task<string> ScriptAsync(string shell)
    {
        var (exit, output, _) = await new CliRun().RunAsync(null, "completion", shell);
        Assert.Equal(0, exit);
        return output;
    }

    private static async Task<(int Exit, string Output)> ShellAsync(string shell, string script, params string[] arguments)
    {
        if (shell == "bash" && !File.Exists("/bin/bash") && !File.Exists("/usr/bin/bash"))
            Assert.Skip("bash is not installed");
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
