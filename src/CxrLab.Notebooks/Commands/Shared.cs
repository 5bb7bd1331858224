using System.CommandLine;
using CxrLab.Notebooks.Document;
using Spectre.Console;

namespace CxrLab.Notebooks.Commands;

/// <summary>What the commands have in common: their paths, their console, and how they end.</summary>
internal static class Shared
{
    public static Argument<string[]> Paths() =>
        new("PATH") { Description = "Notebooks, or folders that are searched for them.", Arity = ArgumentArity.OneOrMore };

    /// <summary>The console; in a log file it is wide enough for the table and has no colours.</summary>
    public static IAnsiConsole Console()
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected) console.Profile.Width = 160;
        return console;
    }

    /// <exception cref="BadNotebookException">An item isn't of the form <c>name=value</c>, or a name comes twice.</exception>
    public static IReadOnlyDictionary<string, string> KeyValues(IEnumerable<string> items)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string item in items)
        {
            int equals = item.IndexOf('=');
            if (equals <= 0 || !values.TryAdd(item[..equals], item[(equals + 1)..]))
                throw new BadNotebookException($"--param {item}: write name=value, each name once.");
        }
        return values;
    }

    /// <summary>Turns what the user got wrong into exit code 2 and a stop by Ctrl-C or a signal into 130.</summary>
    public static async Task<int> Guard(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (BadNotebookException error)
        {
            await System.Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await System.Console.Error.WriteLineAsync("Stopped; the notebook that was running is left as it was.");
            return 130;
        }
    }
}
