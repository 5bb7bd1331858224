using System.CommandLine;
using CxrLab.Notebooks.Checking;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb check</c>: says what keeps a notebook from being committed.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = Shared.Paths();
        var command = new Command("check",
            "Checks notebooks for metadata, ids, size, cell length and paths of one machine. Exit code 0: clean, 1: findings, 2: bad usage.") { paths };
        command.SetAction((result, _) => Shared.Guard(() => Task.FromResult(Check(NotebookPaths.Find(result.GetValue(paths)!)))));
        return command;
    }

    private static int Check(IReadOnlyList<NotebookPaths.Found> notebooks)
    {
        int failed = 0;
        foreach (NotebookPaths.Found item in notebooks)
        {
            string[] findings = [.. Hygiene.Check(NotebookFile.Read(item.Path))];
            foreach (string finding in findings) Console.WriteLine($"{item.Path}: {finding}");
            if (findings.Length > 0) failed++;
        }
        Console.WriteLine($"check: {notebooks.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
