using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// A program that prints a key as JSON (<c>credential_process</c> of a profile, version 1 of its format). Started directly,
/// never by a shell: the setting is split into words, with quotes and backslashes as in a command line.
/// </summary>
/// <param name="command">The setting.</param>
/// <param name="profile">Whose it is, for messages.</param>
/// <param name="time">The clock.</param>
/// <param name="deadline">How long the program may take; <see cref="Patience"/> when null.</param>
public sealed class ProcessKeySource(string command, string profile, TimeProvider time, TimeSpan? deadline = null) : IAwsKeySource
{
    /// <summary>How long the program may take by itself: less than a fetch of any credential may.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MaxOutput = 64 << 10;
    private static readonly TimeSpan WithoutEnd = TimeSpan.FromMinutes(5);

    private string Asked => $"credential_process of the AWS profile '{profile}'";

    public async Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var words = CommandWords.Split(command) ?? throw new CredentialException($"{Asked} has a quote without an end");
        if (words.Count == 0)
            throw new CredentialException($"{Asked} is empty");
        var limit = deadline ?? Patience;
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var process = Start(words);
        try
        {
            process.StandardInput.Close();
            // What it says about errors may hold secrets: read, so that it does not block, and dropped.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            // Waited for, not only asked to stop: a read of a pipe may not listen.
            var output = await ReadAsync(process.StandardOutput.BaseStream).WaitAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode != 0)
                throw new CredentialException($"{Asked} ended with exit code {process.ExitCode}");
            return KeyDocument.ReadProcess(output, Asked, time.GetUtcNow() + WithoutEnd);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            throw new CredentialException(late.IsCancellationRequested ? $"{Asked} did not end within {limit.TotalSeconds:0.###} seconds" : $"{Asked} was broken off", e);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(IReadOnlyList<string> words)
    {
        var info = new ProcessStartInfo(words[0])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Skip(1))
            info.ArgumentList.Add(word);
        try
        {
            return Process.Start(info) ?? throw new CredentialException($"{Asked} cannot be started");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new CredentialException($"{Asked} cannot be started", e);
        }
    }

    private async Task<string> ReadAsync(Stream stream)
    {
        var output = new MemoryStream();
        var chunk = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(chunk)) > 0)
        {
            output.Write(chunk, 0, count);
            if (output.Length > MaxOutput)
                throw new CredentialException($"{Asked} printed more than {MaxOutput >> 10} KiB");
        }
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It ended by itself meanwhile.
        }
    }
}
