using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>A region known exactly, [H, W].</summary>
public sealed class PhantomMask
{
    private readonly bool[] pixels;

    internal PhantomMask(int size, bool[] pixels)
    {
        (Size, this.pixels) = (size, pixels);
        (int left, int top, int right, int bottom) = (size, size, -1, -1);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!pixels[i]) continue;
            Area++;
            (left, top) = (Math.Min(left, i % size), Math.Min(top, i / size));
            (right, bottom) = (Math.Max(right, i % size), Math.Max(bottom, i / size));
        }

        Box = Area == 0 ? default : new Box(left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>Row by row, [H·W].</summary>
    public ReadOnlySpan<bool> Pixels => pixels;

    /// <summary>Number of pixels inside.</summary>
    public int Area { get; }

    /// <summary>The smallest box that holds all pixels inside; empty for an empty mask.</summary>
    public Box Box { get; }

    /// <summary>Whether the pixel at row <paramref name="y"/>, column <paramref name="x"/> is inside.</summary>
    public bool this[int y, int x] => pixels[y * Size + x];

    /// <summary>The mask as a picture [H, W] of 0 and 1.</summary>
    public GrayImage ToImage() => new(Size, Size, [.. pixels.Select(inside => inside ? 1f : 0f)]);
}

/// <summary>A finding as it was planted.</summary>
/// <param name="Name">Name of the finding.</param>
/// <param name="Severity">In (0, 1].</param>
/// <param name="Mask">Where it changed the image.</param>
public sealed record PlantedFinding(string Name, double Severity, PhantomMask Mask)
{
    /// <summary>The smallest box around <see cref="Mask"/>, in pixels of the image.</summary>
    public Box Box => Mask.Box;
}

/// <summary>A synthetic radiograph with everything that is known of it.</summary>
/// <param name="Case">What it was made from.</param>
/// <param name="Image">[H, W] in [0, 1] on the levels of an 8-bit file, bone white, the patient's left on the picture's right.</param>
/// <param name="Findings">In the order of <see cref="LabelSet.Nih14"/>.</param>
/// <param name="RightLung">The patient's right lung, in the picture's left half; without what heart and diaphragm cover.</param>
/// <param name="LeftLung">The patient's left lung.</param>
/// <param name="Heart">The heart's shadow.</param>
/// <param name="CardiothoracicRatio">Width of the heart over the inner width of the rib cage, measured as on paper: above 0.5 is large.</param>
/// <param name="MmPerPixel">Pixel pitch in the patient's plane.</param>
public sealed record PhantomImage(
    PhantomCase Case, GrayImage Image, IReadOnlyList<PlantedFinding> Findings, PhantomMask RightLung, PhantomMask LeftLung, PhantomMask Heart,
    double CardiothoracicRatio, double MmPerPixel);
