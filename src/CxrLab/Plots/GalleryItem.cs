using CxrLab.Imaging;

namespace CxrLab.Plots;

/// <summary>One picture of a gallery.</summary>
/// <param name="Caption">What to see, such as <c>00000038_000 · IoU 0.02</c>.</param>
/// <param name="Image">The X-ray.</param>
/// <param name="Heat">[h, w] in [0, 1], laid over the whole image; null shows the image alone.</param>
/// <param name="Truth">Boxes in the image's pixels.</param>
/// <param name="Found">Boxes in the image's pixels.</param>
public sealed record GalleryItem(string Caption, GrayImage Image, float[,]? Heat = null, IReadOnlyList<Box>? Truth = null, IReadOnlyList<Box>? Found = null)
{
    /// <summary>The reader's outline, row by row in the image's pixels; drawn green.</summary>
    public bool[]? TruthMask { get; init; }

    /// <summary>The found outline, row by row in the image's pixels; drawn orange over the reader's.</summary>
    public bool[]? FoundMask { get; init; }
}
