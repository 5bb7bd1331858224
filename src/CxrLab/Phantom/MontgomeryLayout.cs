using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>The layout of the Montgomery County set: a mask for each lung; "left" is the patient's left, right in the picture.</summary>
public sealed class MontgomeryLayout : TuberculosisLayout
{
    /// <inheritdoc/>
    public override string Name => Montgomery.Name;

    /// <inheritdoc/>
    public override string Title => "Montgomery: PNG, tuberculosis, masks of both lungs";

    internal override string Home => "MontgomerySet";

    internal override bool IsMontgomery(PhantomCase one) => true;

    internal override void SaveMasks(string home, PhantomImage image, string name)
    {
        LayoutFile.WritePng(Path.Combine(home, "ManualMask", "leftMask", name + ".png"), image.LeftLung.ToImage());
        LayoutFile.WritePng(Path.Combine(home, "ManualMask", "rightMask", name + ".png"), image.RightLung.ToImage());
    }
}
