using System.CommandLine;
using CxrLab.Cli.Commands;
using Spectre.Console;

namespace CxrLab.Cli;

/// <summary>The program's commands and its promise on exit codes: 0 done, 1 failed, 2 bad usage.</summary>
internal static class CommandLine
{
    internal const int Done = 0, Failed = 1, BadUsage = 2;

    internal static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Root(args.FirstOrDefault()).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine($"See 'cxrlab {string.Join(' ', CommandPath(parsed))}--help'.");
            return BadUsage;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true; // finish the step, remove what is half written, then end
            stop.Cancel();
        };
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
    }

    /// <summary>Runs a command's work and turns what can go wrong for a user into one clear message.</summary>
    internal static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing is left half written.");
            return Failed;
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return BadUsage;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException
                                          or DllNotFoundException or InvalidOperationException || error.GetType().Assembly == typeof(LabelSet).Assembly)
        {
            AnsiConsole.Console.Profile.Out.Writer.Flush();
            Console.Error.WriteLine($"error: {error.Message}");
            return Failed;
        }
    }

    private static RootCommand Root(string? first)
    {
        var root = new RootCommand("CxrLab: deep learning on chest X-rays. For teaching and research, not for clinical use.");
        foreach (Command command in AllCommands.Create(first)) root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<string> CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is System.CommandLine.Parsing.CommandResult { Parent: not null } command; at = command.Parent)
            names.Push(command.Command.Name + " ");
        return names.Select(name => name.Trim()).Append("");
    }
}

/// <summary>An argument that parses but makes no sense; the program ends with code 2.</summary>
/// <param name="message">What was given, what is possible.</param>
internal sealed class UsageException(string message) : Exception(message);
