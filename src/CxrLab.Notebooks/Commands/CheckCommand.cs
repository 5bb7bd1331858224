using System.CommandLine;
using CxrLab.Notebooks.Checking;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb check</c>: hygiene of notebooks before they are committed.</summary>
internal static class CheckCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Notebooks or folders of notebooks.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check notebooks: kernel and budget in the metadata, size, no folders of one machine, short cells.") { paths };
        command.SetAction(parsed =>
        {
            int bad = 0;
            foreach (NotebookPaths.Found found in NotebookPaths.Find(parsed.GetRequiredValue(paths)))
            {
                string[] problems = [.. Hygiene.Problems(NotebookFile.Read(found.Path))];
                foreach (string problem in problems) Console.WriteLine($"{found.Path}: {problem}");
                if (problems.Length > 0) bad++;
                else Console.WriteLine($"{found.Path}: fine");
            }

            return bad == 0 ? 0 : 1;
        });
        return command;
    }
}
