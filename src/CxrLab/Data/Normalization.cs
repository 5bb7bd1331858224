using CxrLab.Imaging;
using static TorchSharp.torch;

namespace CxrLab.Data;

/// <summary>
/// The last step before a model: (pixel - mean) / deviation. It is part of a run's configuration, because a model that is shown
/// another range than it was trained on answers nonsense without a warning.
/// </summary>
/// <param name="Mean">Subtracted; ignored when <paramref name="PerImage"/>.</param>
/// <param name="Deviation">Divisor, positive; ignored when <paramref name="PerImage"/>.</param>
/// <param name="PerImage">Each image by its own mean and deviation: exposure and window of the machine drop out.</param>
public sealed record Normalization(double Mean, double Deviation, bool PerImage = false)
{
    private const double FlatImage = 1e-3; // below this deviation an image is blank; noise must not be blown up

    /// <summary>Pixels stay in [0, 1].</summary>
    public static Normalization None { get; } = new(0, 1);

    /// <summary>Zero mean and unit deviation of each image.</summary>
    public static Normalization ByImage { get; } = new(0, 1, PerImage: true);

    /// <summary>The mean over ImageNet's three channels, for checkpoints pretrained on photographs.</summary>
    public static Normalization ImageNet { get; } = new(0.449, 0.226);

    /// <summary>Writes the normalised pixels of <paramref name="image"/> to <paramref name="target"/> (H × W values).</summary>
    public void Write(GrayImage image, Span<float> target)
    {
        ReadOnlySpan<float> pixels = image.Pixels;
        (double mean, double deviation) = PerImage ? Moments(pixels) : (Mean, Deviation);
        float scale = (float)(1 / deviation), offset = (float)(-mean / deviation);
        for (int i = 0; i < pixels.Length; i++) target[i] = pixels[i] * scale + offset;
    }

    /// <summary>One image as a model takes it; the caller owns the tensor.</summary>
    /// <returns>[C, H, W] float32 on the CPU.</returns>
    public Tensor ToInput(GrayImage image, int channels = 1)
    {
        var pixels = new float[image.Height * image.Width];
        Write(image, pixels);
        using Tensor grey = tensor(pixels, [1, image.Height, image.Width]);
        using Tensor wide = grey.expand(channels, image.Height, image.Width);
        return wide.clone();
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> pixels)
    {
        double sum = 0, squares = 0;
        foreach (float pixel in pixels) sum += pixel;
        double mean = sum / pixels.Length;
        foreach (float pixel in pixels) squares += (pixel - mean) * (pixel - mean);
        return (mean, Math.Max(Math.Sqrt(squares / pixels.Length), FlatImage));
    }
}
