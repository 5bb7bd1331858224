using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>A finding as it was planted.</summary>
/// <param name="Name">Name of the finding.</param>
/// <param name="Severity">In (0, 1].</param>
/// <param name="Side">Where in the body.</param>
/// <param name="Mask">Where it changed the image.</param>
public sealed record PlantedFinding(string Name, double Severity, BodySide Side, PhantomMask Mask)
{
    /// <summary>The smallest box around <see cref="Mask"/>, in pixels of the image.</summary>
    public Box Box => Mask.Box;

    /// <summary>Whether any of it lies in the picture; what fell outside can't be labelled.</summary>
    public bool IsVisible => Mask.Area > 0;
}

/// <summary>A synthetic radiograph with everything that is known of it.</summary>
/// <param name="Case">What it was made from.</param>
/// <param name="Image">[H, W] in [0, 1] on the levels of its <see cref="BitDepth"/>, bone white; frontal: the patient's left on the picture's right; lateral: his front on the picture's left.</param>
/// <param name="Findings">In the order of <see cref="Phantom.Findings.All"/>.</param>
/// <param name="RightLung">The patient's right lung; frontal: in the picture's left half, without what heart and diaphragm cover.</param>
/// <param name="LeftLung">The patient's left lung.</param>
/// <param name="Heart">The heart's shadow.</param>
/// <param name="MmPerPixel">Pixel pitch in the patient's plane.</param>
public sealed record PhantomImage(
    PhantomCase Case, GrayImage Image, IReadOnlyList<PlantedFinding> Findings, PhantomMask RightLung, PhantomMask LeftLung, PhantomMask Heart, double MmPerPixel)
{
    /// <summary>Bits per pixel: <see cref="Image"/> takes the values k / (2ᵇ − 1).</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The patient's whole shadow; all other masks lie inside.</summary>
    public required PhantomMask Body { get; init; }

    /// <summary>Named points of the anatomy, in shares of the picture's side; some may lie outside the picture.</summary>
    public required IReadOnlyDictionary<string, (double X, double Y)> Landmarks { get; init; }

    /// <summary>
    /// Width of the heart over the inner width of the rib cage, measured on the masks as on paper: above 0.5 is large. NaN on a lateral
    /// image, where it isn't defined.
    /// </summary>
    public double CardiothoracicRatio { get; init; }

    /// <summary>Geographic extent of lung opacities, 0–8: the lungs' scores of 0 none, 1 below a quarter, 2 a half, 3 three quarters, 4 above (Wong et al., Sci Rep 2021).</summary>
    public int GeographicExtent { get; init; }

    /// <summary>Opacity extent, 0–8: the lungs' scores of 0 none, 1 ground glass to 4 white-out, by the share of air replaced where it is opaque.</summary>
    public int OpacityExtent { get; init; }

    /// <summary>Whether a finding lies in the picture.</summary>
    public bool Has(string finding) => Findings.Any(planted => planted.Name == finding && planted.IsVisible);

    /// <summary>What the table says of a finding: the truth, but for the case's planted faults.</summary>
    /// <param name="finding">As in <see cref="Phantom.Findings.All"/>.</param>
    /// <exception cref="ArgumentException">The phantom doesn't know the finding.</exception>
    public LabelState Label(string finding)
    {
        Phantom.Findings.Named(finding);
        bool present = Has(finding);
        return Case.Faults.FirstOrDefault(fault => fault.Finding == finding)?.Of(present) ?? (present ? LabelState.Positive : LabelState.Negative);
    }
}
