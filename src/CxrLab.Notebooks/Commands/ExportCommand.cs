using System.CommandLine;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb export</c>: makes a page of each notebook, with the outputs that it holds.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = Shared.Paths();
        var html = new Option<string>("--html") { Description = "Folder for the pages.", HelpName = "DIR", Required = true };
        var command = new Command("export", "Makes one self-contained HTML page of each notebook; it runs nothing. Exit code 0: all written, 2: bad usage.")
        {
            paths, html,
        };
        command.SetAction((result, _) => Shared.Guard(() => Task.FromResult(Export(NotebookPaths.Find(result.GetValue(paths)!), result.GetValue(html)!))));
        return command;
    }

    private static int Export(IReadOnlyList<NotebookPaths.Found> notebooks, string folder)
    {
        foreach (NotebookPaths.Found item in notebooks)
        {
            string page = Path.Combine(folder, Path.ChangeExtension(item.Relative, ".html"));
            string text = HtmlPage.Of(NotebookFile.Read(item.Path));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
            File.WriteAllText(page, text);
            Console.WriteLine($"{page}  {text.Length / 1000} kB");
        }
        return 0;
    }
}
