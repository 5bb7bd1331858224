namespace CxrLab.Phantom;

/// <summary>A finding to be planted, and how bad it is.</summary>
/// <param name="Name">As in <see cref="Findings.All"/>.</param>
/// <param name="Severity">In (0, 1]: from just visible to as bad as it gets.</param>
public sealed record PlannedFinding(string Name, double Severity);

/// <summary>All that one synthetic image is made from: rendering the same case twice gives the same pixels.</summary>
/// <param name="Seed">Seed of the whole collection.</param>
/// <param name="Patient">Number of the patient, from 1; his body and the places of his findings follow from it.</param>
/// <param name="FollowUp">Number of the image in the patient's series, from 0; position, exposure and noise follow from it.</param>
/// <param name="Age">Years.</param>
/// <param name="Sex">Female or male.</param>
/// <param name="View"><see cref="View.PA"/> or <see cref="View.AP"/>.</param>
/// <param name="Findings">Distinct findings; empty for a chest without any. <c>case with { Findings = [] }</c> is the same chest, healthy.</param>
public sealed record PhantomCase(int Seed, int Patient, int FollowUp, int Age, Sex Sex, View View, IReadOnlyList<PlannedFinding> Findings)
{
    /// <summary>The image's name in the manner of NIH ChestX-ray14: <c>00000001_000.png</c>.</summary>
    public string ImageId => $"{Patient:D8}_{FollowUp:D3}.png";
}
