using System.CommandLine;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb export</c>: pages to read and print.</summary>
internal static class ExportCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Executed notebooks or folders of them.", Arity = ArgumentArity.OneOrMore };
        var html = new Option<string>("--html") { Description = "Folder for one page per notebook.", Required = true };
        var command = new Command("export", "Write executed notebooks as self-contained HTML pages.") { paths, html };
        command.SetAction(parsed =>
        {
            foreach (NotebookPaths.Found found in NotebookPaths.Find(parsed.GetRequiredValue(paths)))
            {
                string target = Path.Combine(parsed.GetRequiredValue(html), Path.ChangeExtension(found.Relative, ".html"));
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
                File.WriteAllText(target, HtmlPage.Of(NotebookFile.Read(found.Path)));
                Console.WriteLine(target);
            }

            return 0;
        });
        return command;
    }
}
