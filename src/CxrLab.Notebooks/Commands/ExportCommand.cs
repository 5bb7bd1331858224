using System.CommandLine;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb export</c>: makes a page of each notebook, with the outputs that it holds, and an index.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = Shared.Paths();
        var html = new Option<string>("--html") { Description = "Folder for the pages.", HelpName = "DIR", Required = true };
        var title = new Option<string>("--title") { Description = "Name of the course.", HelpName = "TEXT", DefaultValueFactory = _ => "Lectures" };
        var command = new Command("export",
            "Makes one self-contained HTML page of each notebook, and an index; it runs nothing. " +
            "Exit code 0: all written, 1: something couldn't be shown as it was meant, 2: bad usage.")
        {
            paths, html, title,
        };
        command.SetAction((result, cancel) => Shared.Guard(() =>
            Task.FromResult(Export(new Course(result.GetValue(title)!, NotebookPaths.Find(result.GetValue(paths)!)), result.GetValue(html)!, cancel))));
        return command;
    }

    private static int Export(Course course, string folder, CancellationToken cancel)
    {
        foreach ((string address, string text) in course.Pages())
        {
            cancel.ThrowIfCancellationRequested();
            string page = Path.Combine(folder, address);
            WholeFile.Write(page, text);
            Console.WriteLine($"{page}  {text.Length / 1000} kB");
        }
        foreach (string problem in course.Problems) Console.Error.WriteLine(problem);
        return course.Problems.Count == 0 ? 0 : 1;
    }
}
