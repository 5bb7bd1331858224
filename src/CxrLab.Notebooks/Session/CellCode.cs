namespace CxrLab.Notebooks.Session;

/// <summary>What a session is asked to run.</summary>
/// <param name="Number">The cell's number in errors; see <see cref="Document.NotebookCell.Number"/>.</param>
/// <param name="Source">Its text, magics and all.</param>
/// <param name="Language">The language its metadata names, or null.</param>
internal sealed record CellCode(int Number, string Source, string? Language = null)
{
    private static readonly string[] CSharpNames = ["csharp", "c#", "C#", "polyglot-notebook", "dotnet-interactive.csharp"];

    /// <summary>The cell's name in errors and in debug information.</summary>
    public string Name => $"Cell {Number}";

    /// <summary>
    /// The C# of the cell. A leading <c>#!csharp</c> becomes an empty line, so that line numbers stay. Any other magic is refused:
    /// the compiler would take it for a shebang line and silently run the cell as if it weren't there.
    /// </summary>
    /// <exception cref="CellException">The cell isn't C#, or it begins with an unknown magic.</exception>
    public string CSharp()
    {
        if (Language is not null && !CSharpNames.Contains(Language))
            throw new CellException("CellLanguage", $"This cell's metadata says that it is '{Language}'; only C# runs here. " +
                "Make it a C# cell, or a Markdown cell if it isn't meant to run.", this, line: 1);
        string[] lines = Source.ReplaceLineEndings("\n").Split('\n');
        int first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0 || !lines[first].TrimStart().StartsWith("#!", StringComparison.Ordinal)) return string.Join('\n', lines);
        string magic = lines[first].Trim();
        if (magic != "#!csharp")
            throw new CellException("UnknownMagic", $"'{magic}' isn't known here. {Suggest(magic)}", this, first + 1);
        lines[first] = "";
        return string.Join('\n', lines);
    }

    private static string Suggest(string magic) => magic.Split(' ')[0].ToLowerInvariant() switch
    {
        "#!csharp" or "#!c#" or "#!cs" or "#!c-sharp" => "Did you mean '#!csharp'?",
        "#!markdown" or "#!md" or "#!html" => "Use a Markdown cell, or HTML(\"…\") in a C# cell.",
        "#!time" => "Delete the line; System.Diagnostics.Stopwatch takes times, and 'cxrnb run' prints seconds per cell.",
        "#!import" => "Use '#load \"file.csx\"' instead.",
        _ => "The only magic is '#!csharp'; delete the line.",
    };
}
