using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>One axial slice of a synthetic CT scan.</summary>
/// <param name="Position">mm along the body, growing from head to foot.</param>
/// <param name="Image">[H, W] in [0, 1], lung window: −1000 HU black, 400 HU white; the patient's left on the picture's right, his front at its top.</param>
/// <param name="Lungs">Both lungs, lesions included.</param>
/// <param name="Lesions">Masks of the findings that this slice cuts, by name; a finding that it misses isn't listed.</param>
public sealed record PhantomSlice(double Position, GrayImage Image, PhantomMask Lungs, IReadOnlyDictionary<string, PhantomMask> Lesions);

/// <summary>A synthetic CT scan of the chest of one patient.</summary>
/// <param name="Case">What it was made from.</param>
/// <param name="Slices">From head to foot.</param>
/// <param name="SpacingMm">Distance of neighbouring slices.</param>
/// <param name="MmPerPixel">Pixel pitch within a slice.</param>
public sealed record PhantomStack(PhantomCase Case, IReadOnlyList<PhantomSlice> Slices, double SpacingMm, double MmPerPixel)
{
    /// <summary>Indices of the slices that cut a finding.</summary>
    public IReadOnlyList<int> SlicesWith(string finding) =>
        [.. Enumerable.Range(0, Slices.Count).Where(k => Slices[k].Lesions.ContainsKey(finding))];
}
