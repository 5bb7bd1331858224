namespace CxrLab.Reports;

/// <summary>The text files beside this one, which are built into the library.</summary>
internal static class ReportResource
{
    internal static string Read(string name)
    {
        using Stream stream = typeof(ReportResource).Assembly.GetManifestResourceStream($"CxrLab.Reports.{name}")
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Lines that say something, with their numbers; a line that starts with # is a comment.</summary>
    internal static IEnumerable<(string Line, int Number)> Lines(string text)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#') yield return (line, number);
        }
    }
}
