using System.Text;
using System.Xml;

namespace CxrLab.Reports;

/// <summary>
/// Reports of the Open-I chest X-ray collection (Demner-Fushman et al., JAMIA 2016): one XML file each. Only the report's text is
/// read; the MeSH tags in the same files were given by people and would be the answer.
/// </summary>
public static class OpenIReports
{
    private const long LongestFile = 10_000_000; // characters; the real ones have about 5,000

    /// <summary>The files under <paramref name="folder"/>, by number: 2.xml before 10.xml.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        if (!Directory.Exists(folder)) throw new DataFormatException(folder, null, "there is no such folder of XML reports.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories)
            .OrderBy(file => int.TryParse(Path.GetFileNameWithoutExtension(file), out int number) ? number : int.MaxValue)
            .ThenBy(file => file, StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new DataFormatException(folder, null, "there is no .xml file here; unpack NLMCXR_reports.tgz and name its folder.");
    }

    /// <summary>One report: id such as <c>CXR10</c>, and the sections FINDINGS, IMPRESSION, COMPARISON, INDICATION that it has.</summary>
    /// <exception cref="DataFormatException">The file isn't such XML; names file and line.</exception>
    public static Report Read(string file)
    {
        string? id = null;
        var sections = new List<ReportSection>();
        int line = 1;
        try
        {
            using var stream = new StreamReader(file, Encoding.UTF8);
            using XmlReader xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestFile });
            bool more = xml.Read();
            while (more)
            {
                line = (xml as IXmlLineInfo)?.LineNumber ?? line;
                if (xml is { NodeType: XmlNodeType.Element, Name: "AbstractText" })
                {
                    string heading = xml.GetAttribute("Label") ?? "";
                    sections.Add(new ReportSection(KindOf(heading), heading, xml.ReadElementContentAsString()));
                    more = !xml.EOF; // the reader already stands behind the element
                    continue;
                }

                if (xml is { NodeType: XmlNodeType.Element, Name: "uId" }) id ??= xml.GetAttribute("id");
                more = xml.Read();
            }
        }
        catch (XmlException error)
        {
            throw new DataFormatException(file, error.LineNumber > 0 ? error.LineNumber : line, $"it is no readable XML report ({error.Message})", error);
        }

        if (id is null && sections.Count == 0) throw new DataFormatException(file, 1, "it has neither a uId nor an AbstractText; is it an Open-I report?");
        return new Report(id ?? Path.GetFileNameWithoutExtension(file), [.. sections.Where(section => section.Text.Trim().Length > 0)]);
    }

    private static SectionKind KindOf(string heading) => heading.ToUpperInvariant() switch
    {
        "FINDINGS" => SectionKind.Findings,
        "IMPRESSION" => SectionKind.Impression,
        "COMPARISON" => SectionKind.Comparison,
        _ => SectionKind.Other,
    };
}
