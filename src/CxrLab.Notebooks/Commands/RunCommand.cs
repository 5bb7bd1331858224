using System.CommandLine;
using System.Globalization;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;
using Spectre.Console;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb run</c>: executes notebooks without a browser and without Python.</summary>
internal static class RunCommand
{
    internal static readonly string DefaultOutput = Path.Combine("artifacts", "notebooks");

    internal static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Notebooks or folders of notebooks.", Arity = ArgumentArity.OneOrMore };
        var timeout = new Option<double?>("--timeout") { Description = "End a notebook after this many seconds; default: three times its own budget." };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Run the other notebooks too when one fails." };
        var inPlace = new Option<bool>("--in-place") { Description = "Write outputs into the notebooks themselves, where they passed." };
        var output = new Option<string?>("--output") { Description = $"Folder for the executed copies; default: {DefaultOutput}." };
        var param = new Option<string[]>("--param") { Description = "NAME=VALUE: replaces a value in the cell tagged 'parameters'; may be repeated." };
        var command = new Command("run", "Run notebooks and save them with their outputs; exit code 1 when a cell fails or a budget is exceeded.") { paths, timeout, keepGoing, inPlace, output, param };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(paths), parsed.GetValue(timeout), parsed.GetValue(keepGoing), parsed.GetValue(inPlace),
            parsed.GetValue(output) ?? DefaultOutput, Pairs(parsed.GetValue(param) ?? []), cancellation)));
        return command;
    }

    private static int Run(string[] paths, double? timeout, bool keepGoing, bool inPlace, string output, Dictionary<string, string> parameters, CancellationToken cancellation)
    {
        // Everything is read before anything runs: a typo in the last path costs no time.
        List<(NotebookPaths.Found Found, Notebook Notebook)> work = [.. NotebookPaths.Find(paths).Select(found => (found, NotebookFile.Read(found.Path)))];
        foreach ((_, Notebook notebook) in work) Parameters.Apply(notebook, parameters);
        var results = new List<NotebookResult>();
        foreach ((NotebookPaths.Found found, Notebook notebook) in work)
        {
            Console.WriteLine(found.Path);
            NotebookResult result = new NotebookRunner(Console.WriteLine).Run(notebook, found.Path, timeout, cancellation);
            results.Add(result);
            if (inPlace && result.Passed) NotebookFile.Write(notebook, found.Path);
            else NotebookFile.Write(notebook, Path.Combine(output, found.Relative));
            if (!result.Passed)
            {
                Console.Error.WriteLine($"{found.Path}: {result.Problem}");
                if (!keepGoing) break;
            }
        }

        Print(results, work.Count);
        if (!inPlace || results.Any(result => !result.Passed)) Console.WriteLine($"executed copies: {output}");
        int passed = results.Count(result => result.Passed);
        Console.WriteLine($"notebooks: {passed} passed, {work.Count - passed} failed");
        return passed == work.Count ? 0 : 1;
    }

    private static void Print(List<NotebookResult> results, int planned)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("notebook", "cells", "seconds", "peak MB", "verdict");
        foreach (NotebookResult result in results)
            table.AddRow(Markup.Escape(Path.GetFileName(result.Name)), $"{result.CellsRun}/{result.Cells}", result.Seconds.ToString("F1", CultureInfo.InvariantCulture),
                result.PeakMegabytes.ToString("F0", CultureInfo.InvariantCulture), result.Passed ? "[green]passed[/]" : "[red]FAILED[/] " + Markup.Escape(result.Problem!));
        if (results.Count < planned) table.AddRow($"{planned - results.Count} more", "", "", "", "not run");
        Console.WriteLine();
        AnsiConsole.Write(table);
    }

    private static Dictionary<string, string> Pairs(string[] texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new BadNotebookException($"--param {text}: expected NAME=VALUE.");
            pairs[text[..at]] = text[(at + 1)..];
        }

        return pairs;
    }
}
