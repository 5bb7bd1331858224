namespace CxrLab.Phantom;

/// <summary>What tables and truth need of an image once its pixels are written and gone.</summary>
internal sealed class DrawnImage
{
    private readonly Dictionary<string, LabelState> labels;

    internal DrawnImage(string name, PhantomImage image, IReadOnlyList<string> rows)
    {
        (Name, Case, Size, MmPerPixel, Rows) = (name, image.Case, image.Image.Width, image.MmPerPixel, rows);
        (CardiothoracicRatio, GeographicExtent, OpacityExtent) = (image.CardiothoracicRatio, image.GeographicExtent, image.OpacityExtent);
        Findings = [.. image.Findings.Where(finding => finding.IsVisible).Select(finding => new DrawnFinding(finding.Name, finding.Severity, finding.Side, finding.Box, MaskName(name, finding.Name)))];
        labels = Phantom.Findings.All.ToDictionary(finding => finding, image.Label);
        Report = PhantomReport.Write(image);
    }

    /// <summary>The image's file name in its layout, without extension.</summary>
    internal string Name { get; }

    internal PhantomCase Case { get; }

    internal int Size { get; }

    internal double MmPerPixel { get; }

    internal double CardiothoracicRatio { get; }

    internal int GeographicExtent { get; }

    internal int OpacityExtent { get; }

    /// <summary>Those that lie in the picture.</summary>
    internal IReadOnlyList<DrawnFinding> Findings { get; }

    internal PhantomReport Report { get; }

    /// <summary>Table rows that the layout wrote while the pixels were there; usually none.</summary>
    internal IReadOnlyList<string> Rows { get; }

    internal bool Has(string finding) => Findings.Any(found => found.Name == finding);

    /// <summary>What the table says, planted faults included; Negative for a finding that the phantom doesn't know.</summary>
    internal LabelState Label(string finding) => labels.GetValueOrDefault(finding, LabelState.Negative);

    /// <summary>Findings that the table affirms.</summary>
    internal IEnumerable<string> Affirmed => labels.Where(pair => pair.Value == LabelState.Positive).Select(pair => pair.Key);

    internal static string MaskName(string image, string what) => $"{image}_{what}.png";
}

/// <summary>A finding of a drawn image; the mask is a file under truth/masks.</summary>
internal sealed record DrawnFinding(string Name, double Severity, BodySide Side, Box Box, string Mask);
