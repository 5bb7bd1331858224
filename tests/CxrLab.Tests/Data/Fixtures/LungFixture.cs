namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Both naming rules of masks, an image without mask, a mask without image, and the unlabelled test folder.</summary>
internal static class LungFixture
{
    internal static void Write(string root) => FixtureFile.Images(root,
        "Lung Segmentation/CXR_png/CHNCXR_0001_0.png", "Lung Segmentation/CXR_png/CHNCXR_0025_1.png", "Lung Segmentation/CXR_png/MCUCXR_0001_0.png",
        "Lung Segmentation/masks/CHNCXR_0001_0_mask.png", "Lung Segmentation/masks/MCUCXR_0001_0.png", "Lung Segmentation/masks/CHNCXR_0999_1_mask.png",
        "Lung Segmentation/test/CHNCXR_0020_0.png");
}
