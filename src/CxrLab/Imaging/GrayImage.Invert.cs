namespace CxrLab.Imaging;

public sealed partial class GrayImage
{
    /// <summary>The negative, 1 - p: for files whose pixels were stored with white as 0 (MONOCHROME1).</summary>
    public GrayImage Invert() => new(Height, Width, Array.ConvertAll(pixels, pixel => 1 - pixel)) { BitDepth = BitDepth };
}
