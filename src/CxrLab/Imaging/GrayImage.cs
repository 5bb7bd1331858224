using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Imaging;

/// <summary>A grey image [H, W]: float intensities in [0, 1], 0 is black, rows from the top.</summary>
public sealed partial class GrayImage
{
    private readonly float[] pixels;

    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pixels">Row by row, <paramref name="height"/> × <paramref name="width"/> intensities; the image keeps the array, don't change it afterwards.</param>
    /// <exception cref="ArgumentException">A side isn't positive, or the array has another length.</exception>
    public GrayImage(int height, int width, float[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (height <= 0 || width <= 0 || pixels.Length != (long)height * width)
            throw new ArgumentException($"An image of {height} rows and {width} columns needs {(long)height * width} pixels; got {pixels.Length}.", nameof(pixels));
        (Height, Width, this.pixels) = (height, width, pixels);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Row by row, each in [0, 1].</summary>
    public ReadOnlySpan<float> Pixels => pixels;

    /// <summary>Intensity at row <paramref name="y"/>, column <paramref name="x"/>.</summary>
    public float this[int y, int x] => pixels[y * Width + x];

    /// <summary>The image as a float32 tensor on the CPU; the caller owns it.</summary>
    /// <returns>[1, H, W] in [0, 1].</returns>
    public Tensor ToTensor() => torch.tensor(pixels, [1, Height, Width]);

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height} grey image";
}
