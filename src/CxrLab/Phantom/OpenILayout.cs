using System.Text;
using System.Xml;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of Open-I (Demner-Fushman et al., JAMIA 2016): one XML report a visit with its MeSH coding, and its images as PNG, or as
/// DICOM where the options ask for it. What the coder affirms is a major term; what is only suspected is an automatic one.
/// </summary>
public sealed class OpenILayout : PhantomLayout
{
    private static readonly Dictionary<string, string> Headings = new(StringComparer.Ordinal)
    {
        [Finding.Atelectasis] = "Pulmonary Atelectasis",
        [Finding.Effusion] = "Pleural Effusion",
        [Finding.Infiltration] = "Infiltrate",
        [Finding.Edema] = "Pulmonary Edema",
        [Finding.Emphysema] = "Pulmonary Emphysema",
        [Finding.Fibrosis] = "Pulmonary Fibrosis",
        [Finding.PleuralThickening] = "Thickening/pleura",
        [Finding.Hernia] = "Hernia, Hiatal",
    };

    /// <inheritdoc/>
    public override string Name => OpenI.Name;

    /// <inheritdoc/>
    public override string Title => "Open-I: XML reports with MeSH terms, PNG or DICOM";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { Laterals = true, UncertaintyRate = 0.1 };

    /// <inheritdoc/>
    public override bool HoldsDicom => true;

    internal override string ImageName(PhantomCase one) => $"{Report(one)}_IM-{one.Patient:D4}-{(one.View == View.Lateral ? 2001 : 1001)}";

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name)
    {
        if (options.Dicom) LayoutFile.WriteBytes(Path.Combine(folder, "NLMCXR_dcm", name + ".dcm"), LayoutDicom.Encode(image, Report(image.Case)));
        else LayoutFile.WritePng(Path.Combine(folder, "NLMCXR_png", name + ".png"), image);
    }

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
        foreach (DrawnImage[] visit in images.GroupBy(image => Report(image.Case)).Select(visit => visit.ToArray()))
        {
            using var buffer = new MemoryStream();
            using (XmlWriter xml = XmlWriter.Create(buffer, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) })) Write(xml, visit);
            LayoutFile.WriteBytes(Path.Combine(folder, "ecgen-radiology", Report(visit[0].Case)[3..] + ".xml"), [.. buffer.ToArray(), (byte)'\n']);
        }
    }

    private static void Write(XmlWriter xml, DrawnImage[] visit)
    {
        PhantomReport report = visit[0].Report;
        xml.WriteStartElement("eCitation");
        Empty(xml, "uId", Report(visit[0].Case));
        xml.WriteStartElement("Abstract");
        foreach ((string label, string text) in new[] { ("COMPARISON", "None."), ("INDICATION", report.Indication), ("FINDINGS", report.Findings), ("IMPRESSION", report.Impression) })
        {
            xml.WriteStartElement("AbstractText");
            xml.WriteAttributeString("Label", label);
            xml.WriteString(text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("MeSH");
        string[] affirmed = Terms(visit, LabelState.Positive), suspected = Terms(visit, LabelState.Uncertain);
        // Where something is only suspected, the coder takes up no more than that there is an opacity; the program finds the word.
        foreach (string term in affirmed.DefaultIfEmpty(suspected.Length > 0 ? "Opacity/lung" : "normal")) xml.WriteElementString("major", term);
        foreach (string term in suspected) xml.WriteElementString("automatic", term);
        xml.WriteEndElement();
        foreach (DrawnImage image in visit) Empty(xml, "parentImage", image.Name);
        xml.WriteEndElement();
    }

    private static string[] Terms(DrawnImage[] visit, LabelState state) =>
        [.. LabelSet.Nih14.Where(finding => visit.Any(image => image.Label(finding) == state)).Select(finding => Headings.GetValueOrDefault(finding, finding))];

    private static void Empty(XmlWriter xml, string name, string id)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("id", id);
        xml.WriteEndElement();
    }

    private static string Report(PhantomCase one) => $"CXR{10L * one.Patient + one.FollowUp}";
}
