using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of Kaggle's "Chest Xray Masks and Labels": every sixth image is named as Montgomery's, the others as Shenzhen's, whose masks
/// end in <c>_mask</c>; one in seven of the latter has no mask, as 96 of 662 there.
/// </summary>
public sealed class LungSegmentationLayout : TuberculosisLayout
{
    /// <inheritdoc/>
    public override string Name => LungSegmentation.Name;

    /// <inheritdoc/>
    public override string Title => "Kaggle lung segmentation: PNG, lung masks by two naming rules";

    internal override string Home => "Lung Segmentation";

    internal override bool IsMontgomery(PhantomCase one) => one.Patient % 6 == 0;

    internal override void SaveMasks(string home, PhantomImage image, string name)
    {
        bool montgomery = IsMontgomery(image.Case);
        if (!montgomery && image.Case.Patient % 7 == 0) return;
        LayoutFile.WritePng(Path.Combine(home, "masks", montgomery ? name + ".png" : name + "_mask.png"), Lungs(image));
    }
}
