using System.Xml;

namespace CxrLab.Data;

/// <summary>One report of Open-I as its XML file holds it.</summary>
/// <param name="Id">The report, such as <c>CXR10</c>.</param>
/// <param name="Sections">Label and text in the file's order: COMPARISON, INDICATION, FINDINGS, IMPRESSION; empty sections are left out.</param>
/// <param name="Major">MeSH terms that a person chose, such as <c>Cardiomegaly/mild</c> or <c>normal</c>.</param>
/// <param name="Automatic">Terms that a program found in the text.</param>
/// <param name="Images">Names of its images, without extension; there may be none.</param>
/// <param name="Path">The file.</param>
public sealed record OpenIReport(string Id, IReadOnlyList<(string Label, string Text)> Sections, IReadOnlyList<string> Major,
    IReadOnlyList<string> Automatic, IReadOnlyList<string> Images, string Path)
{
    private const int LargestFile = 1 << 20; // characters; the published reports have a few thousand

    /// <summary>Text of the section, or null.</summary>
    public string? Section(string label) => Sections.FirstOrDefault(section => section.Label == label).Text;

    /// <summary>Reads a report. DTDs and external entities are refused: a report needs none, and they can read other files or fill the memory.</summary>
    /// <exception cref="DataFormatException">The file isn't such a report; names file and line.</exception>
    public static OpenIReport Read(string file)
    {
        if (!File.Exists(file)) throw new DataFormatException(file, null, "there is no such report.");
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestFile, IgnoreComments = true };
        IXmlLineInfo? place = null;
        try
        {
            using FileStream stream = File.OpenRead(file);
            using XmlReader reader = XmlReader.Create(stream, settings);
            place = reader as IXmlLineInfo;
            return Read(reader, file);
        }
        catch (XmlException error)
        {
            // A refused DTD and a file over the limit carry no line of their own; the reader stands where it stopped.
            int line = error.LineNumber > 0 ? error.LineNumber : Math.Max(1, place?.LineNumber ?? 1);
            throw new DataFormatException(file, line, $"it can't be read as a report ({error.Message}); fetch it again.", error);
        }
    }

    private static OpenIReport Read(XmlReader reader, string file)
    {
        string? id = null;
        var sections = new List<(string, string)>();
        List<string> major = [], automatic = [], images = [];
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "eCitation")
            throw new DataFormatException(file, (reader as IXmlLineInfo)?.LineNumber, $"the outer element is '{reader.LocalName}'; expected eCitation.");
        bool more = reader.Read();
        while (more && !reader.EOF)
        {
            string name = reader.NodeType == XmlNodeType.Element ? reader.LocalName : "";
            switch (name)
            {
                case "uId":
                    id = Attribute(reader, file, "id");
                    break;
                case "parentImage":
                    images.Add(Attribute(reader, file, "id"));
                    break;
                case "AbstractText":
                    string label = Attribute(reader, file, "Label"), text = reader.ReadElementContentAsString().Trim();
                    if (text.Length > 0) sections.Add((label, text));
                    continue; // the reader already stands behind the element
                case "major" or "automatic":
                    string term = reader.ReadElementContentAsString().Trim();
                    if (term.Length > 0) (name == "major" ? major : automatic).Add(term);
                    continue;
            }

            more = reader.Read();
        }

        return new OpenIReport(id ?? throw new DataFormatException(file, null, "there is no uId, so the report has no name."), sections, major, automatic, images, file);
    }

    private static string Attribute(XmlReader reader, string file, string name) => reader.GetAttribute(name) is { Length: > 0 } text
        ? text
        : throw new DataFormatException(file, (reader as IXmlLineInfo)?.LineNumber, $"{reader.LocalName} has no attribute '{name}'.");
}
