namespace CxrLab.Phantom;

/// <summary>A finding to be planted, and how bad it is.</summary>
/// <param name="Name">As in <see cref="Findings.All"/>.</param>
/// <param name="Severity">In (0, 1]: from just visible to as bad as it gets.</param>
public sealed record PlannedFinding(string Name, double Severity);

/// <summary>All that one synthetic image is made from: rendering the same case twice gives the same pixels.</summary>
/// <param name="Seed">Seed of the whole collection.</param>
/// <param name="Patient">Number of the patient, from 1; his body and the places of his findings follow from it.</param>
/// <param name="FollowUp">Number of the visit in the patient's series, from 0; position, exposure and noise follow from it.</param>
/// <param name="Age">Years.</param>
/// <param name="Sex">Female or male.</param>
/// <param name="View"><see cref="View.PA"/>, <see cref="View.AP"/> or <see cref="View.Lateral"/>.</param>
/// <param name="Findings">Distinct findings; empty for a chest without any. <c>case with { Findings = [] }</c> is the same chest, healthy.</param>
public sealed record PhantomCase(int Seed, int Patient, int FollowUp, int Age, Sex Sex, View View, IReadOnlyList<PlannedFinding> Findings)
{
    /// <summary>Tell-tale marks on the image.</summary>
    public PhantomShortcut Shortcuts { get; init; }

    /// <summary>A known misalignment of the picture; null for an image taken with ordinary care. <c>case with { Misaligned = null }</c> is the aligned one.</summary>
    public PhantomAffine? Misaligned { get; init; }

    /// <summary>Where the labels stray from the truth; at most one fault per finding.</summary>
    public IReadOnlyList<LabelFault> Faults { get; init; } = [];

    /// <summary>The image's name in the manner of NIH ChestX-ray14, <c>00000001_000.png</c>; a lateral image ends in <c>_lateral.png</c>.</summary>
    public string ImageId => View == View.Lateral ? $"{Patient:D8}_{FollowUp:D3}_lateral.png" : $"{Patient:D8}_{FollowUp:D3}.png";

    /// <summary>Whether the finding was planned.</summary>
    public bool Has(string finding) => Findings.Any(planned => planned.Name == finding);
}
