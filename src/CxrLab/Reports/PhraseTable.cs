using System.Text;

namespace CxrLab.Reports;

/// <summary>
/// The words for every finding, read from a text file that a student can open: a heading <c>[concept] scheme=Label</c> and under
/// it one phrase a line. A minus before a phrase takes it out, an equals sign says "absent", a question mark "borderline".
/// </summary>
public sealed class PhraseTable
{
    private readonly List<(Phrase Phrase, PhraseEntry Entry)> entries;

    private PhraseTable(List<(Phrase Phrase, PhraseEntry Entry)> entries)
    {
        this.entries = entries;
        Concepts = [.. entries.Select(entry => entry.Entry.Concept).Distinct()];
        Index = new PhraseIndex<PhraseEntry>(entries, (a, b) => a.Concept != b.Concept && a.Use == PhraseUse.Mention && b.Use == PhraseUse.Mention);
    }

    /// <summary>The table that comes with the library.</summary>
    public static PhraseTable Default { get; } = Parse(ReportResource.Read("phrases.txt"), "phrases.txt");

    /// <summary>All concepts.</summary>
    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>Number of phrases.</summary>
    public int Count => entries.Count;

    internal PhraseIndex<PhraseEntry> Index { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">File name for messages.</param>
    /// <exception cref="DataFormatException">A line is no heading, phrase, macro or comment; names the line.</exception>
    public static PhraseTable Parse(string text, string name = "phrases")
    {
        var entries = new List<(Phrase, PhraseEntry)>();
        var macros = new Dictionary<string, string>(StringComparer.Ordinal);
        Concept? concept = null;
        foreach ((string line, int number) in ReportResource.Lines(text))
        {
            try
            {
                if (line[0] == '@' && line.Contains(" = ", StringComparison.Ordinal)) AddMacro(line, macros);
                else if (line[0] == '[') concept = Heading(line);
                else if (concept is null) throw new FormatException("a phrase stands before the first [concept].");
                else
                {
                    PhraseUse use = line[0] switch { '-' => PhraseUse.Unmention, '=' => PhraseUse.Absent, '?' => PhraseUse.Borderline, _ => PhraseUse.Mention };
                    string phrase = use == PhraseUse.Mention ? line : line[1..];
                    entries.Add((new Phrase(Expand(phrase.Trim(), macros)), new PhraseEntry(concept, use)));
                }
            }
            catch (FormatException error)
            {
                throw new DataFormatException(name, number, error.Message, error);
            }
        }

        return new PhraseTable(entries);
    }

    /// <summary>The same table with more lines at its end, in the same format; for trying a phrase of one's own.</summary>
    public PhraseTable With(string lines)
    {
        PhraseTable more = Parse(lines, "added phrases");
        // A concept of the same name is the same concept, whatever labels the added heading leaves out.
        Concept Known(Concept added) => Concepts.FirstOrDefault(concept => concept.Name == added.Name) ?? added;
        return new PhraseTable([.. more.entries.Select(entry => (entry.Phrase, entry.Entry with { Concept = Known(entry.Entry.Concept) })), .. entries]);
    }

    private static void AddMacro(string line, Dictionary<string, string> macros)
    {
        string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || parts[1].Length == 0) throw new FormatException($"'{line}' is no macro; write @name = a|b.");
        macros[parts[0]] = Expand(parts[1], macros);
    }

    private static string Expand(string phrase, Dictionary<string, string> macros)
    {
        if (!phrase.Contains('@', StringComparison.Ordinal)) return phrase;
        var text = new StringBuilder();
        foreach (string word in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool optional = word[^1] == '?';
            string[] choices = (optional ? word[..^1] : word).Split('|');
            IEnumerable<string> expanded = choices.Select(choice => choice[0] != '@' ? choice
                : macros.TryGetValue(choice, out string? value) ? value : throw new FormatException($"there is no macro {choice}."));
            text.Append(text.Length > 0 ? " " : "").AppendJoin('|', expanded).Append(optional ? "?" : "");
        }

        return text.ToString();
    }

    private static Concept Heading(string line)
    {
        int close = line.IndexOf(']', StringComparison.Ordinal);
        if (close < 2) throw new FormatException($"'{line}' is no heading; write [concept] scheme=Label.");
        var labels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        bool abnormal = true;
        foreach (string part in line[(close + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2) throw new FormatException($"'{part}' is no scheme=Label.");
            if (pair[0] == "normal") abnormal = pair[1] != "yes";
            else labels[pair[0]] = pair[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return new Concept(line[1..close].Trim(), labels, abnormal);
    }
}

/// <summary>A phrase's concept and what it says of it.</summary>
internal sealed record PhraseEntry(Concept Concept, PhraseUse Use);
