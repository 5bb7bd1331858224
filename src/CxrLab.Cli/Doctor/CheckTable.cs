using Spectre.Console;

namespace CxrLab.Cli.Doctor;

/// <summary>Prints the doctor's report for people.</summary>
internal static class CheckTable
{
    internal static void Print(IReadOnlyList<Check> checks)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (Check check in checks)
        {
            string mark = check.State switch { CheckState.Fine => "[green]ok[/]", CheckState.Note => "[yellow]note[/]", _ => "[red]WRONG[/]" };
            grid.AddRow(mark, Markup.Escape(check.Name), Markup.Escape(check.Found));
            if (check.Remedy is not null) grid.AddRow("", "", "[bold]→ " + Markup.Escape(check.Remedy) + "[/]");
        }

        AnsiConsole.Write(grid);
        int wrong = checks.Count(check => check.State == CheckState.Wrong);
        AnsiConsole.MarkupLine(wrong == 0 ? "[green]This machine is ready.[/]" : $"[red]{wrong} of {checks.Count} checks failed; the arrows above say what to do.[/]");
    }
}
