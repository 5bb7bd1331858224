namespace CxrLab.Notebooks.Session;

/// <summary>A line of a cell that speaks to the host: <c>#!time</c>, <c>#!import file</c>, <c>#i "nuget:source"</c>.</summary>
/// <param name="Name">With its leading <c>#!</c> or <c>#</c>.</param>
/// <param name="Argument">What follows, without quotes.</param>
/// <param name="Line">One-based.</param>
internal sealed record CellMagic(string Name, string Argument, int Line)
{
    public const string Time = "#!time";
    public const string Import = "#!import";
    public const string Source = "#i";
    private const string CSharp = "#!csharp";

    /// <summary>What the session knows.</summary>
    public static readonly string[] Known = [CSharp, Time, Import];

    /// <exception cref="CellException">The magic is unknown or lacks its argument.</exception>
    public void Check(CellCode cell)
    {
        if (Name == Source) return; // what it names is checked by its own reader
        if (!Known.Contains(Name)) throw new CellException("UnknownMagic", $"'{Name}' isn't known here. {Suggest(Name)}", cell, Line);
        if (Name == Import && Argument.Length == 0)
            throw new CellException("Import", "#!import names no file. Write it like this: #!import other.ipynb", cell, Line);
    }

    private static string Suggest(string name)
    {
        string lower = name.ToLowerInvariant();
        string? special = lower switch
        {
            "#!c#" or "#!cs" or "#!c-sharp" => $"Did you mean '{CSharp}'?",
            "#!markdown" or "#!md" or "#!html" or "#!mermaid" => "Use a Markdown cell, or HTML(\"…\") in a C# cell.",
            "#!javascript" or "#!js" => "Use HTML(\"<script>…</script>\") in a C# cell.",
            "#!fsharp" or "#!f#" or "#!pwsh" or "#!sql" or "#!kql" or "#!http" or "#!value" => "Only C# runs here.",
            _ => null,
        };
        string all = string.Join(", ", Known);
        if (special is not null) return $"{special} Known are {all}.";
        string nearest = Known.MinBy(known => Distance(known, lower))!;
        return Distance(nearest, lower) <= 3 ? $"Did you mean '{nearest}'?" : $"Known are {all}; delete the line.";
    }

    /// <summary>Letters to insert, delete or change (Levenshtein).</summary>
    internal static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
