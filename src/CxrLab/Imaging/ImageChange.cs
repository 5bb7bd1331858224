namespace CxrLab.Imaging;

/// <summary>One drawn change of an image; applied to its boxes and masks too, they stay where they belong.</summary>
/// <param name="Angle">Rotation about the centre in radians; positive turns the picture clockwise.</param>
/// <param name="Down">Shift downwards as a share of the height.</param>
/// <param name="Across">Shift to the right as a share of the width.</param>
/// <param name="Size">Factor about the centre; above 1 enlarges.</param>
/// <param name="Light">Added to every pixel; the result is clipped to [0, 1].</param>
/// <param name="Mirrored">Left and right exchanged, before the rest.</param>
public sealed record ImageChange(double Angle, double Down, double Across, double Size, double Light, bool Mirrored)
{
    /// <summary>Power to which every grey value is raised before <see cref="Light"/> is added; 1 changes nothing.</summary>
    public double Exponent { get; init; } = 1;

    /// <summary>The changed image, bilinear. Beyond the border the edge pixel goes on: black wedges would tell a network the angle.</summary>
    public GrayImage Apply(GrayImage image)
    {
        int height = image.Height, width = image.Width;
        ReadOnlySpan<float> source = image.Pixels;
        var result = new float[height * width];
        (double a, double b, double c, double d, double e, double f) = Inverse(height, width);
        float light = (float)Light;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double u = Math.Clamp(a * x + b * y + c, 0, width - 1), v = Math.Clamp(d * x + e * y + f, 0, height - 1);
                int left = (int)u, top = (int)v, right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
                float across = (float)(u - left), down = (float)(v - top);
                float upper = source[top * width + left] * (1 - across) + source[top * width + right] * across;
                float lower = source[bottom * width + left] * (1 - across) + source[bottom * width + right] * across;
                float grey = upper * (1 - down) + lower * down;
                if (Exponent != 1) grey = MathF.Pow(grey, (float)Exponent);
                result[y * width + x] = Math.Clamp(grey + light, 0f, 1f);
            }
        }

        return new GrayImage(height, width, result);
    }

    /// <summary>A mask of the image, moved in the same way; its values keep their meaning, so light and contrast leave it alone.</summary>
    public GrayImage ApplyToMask(GrayImage mask) => (this with { Light = 0, Exponent = 1 }).Apply(mask);

    /// <summary>The smallest upright box around the changed <paramref name="box"/>, clipped to the image.</summary>
    public Box Apply(Box box, int height, int width)
    {
        (double X, double Y)[] corners = [.. new[] { (box.X, box.Y), (box.Right, box.Y), (box.X, box.Bottom), (box.Right, box.Bottom) }.Select(corner => Forward(corner.Item1, corner.Item2, height, width))];
        double left = Math.Clamp(corners.Min(corner => corner.X), 0, width), right = Math.Clamp(corners.Max(corner => corner.X), 0, width);
        double top = Math.Clamp(corners.Min(corner => corner.Y), 0, height), bottom = Math.Clamp(corners.Max(corner => corner.Y), 0, height);
        return new Box(left, top, right - left, bottom - top);
    }

    private (double X, double Y) Forward(double x, double y, int height, int width)
    {
        double u = x - width / 2.0, v = y - height / 2.0;
        if (Mirrored) u = -u;
        (double sine, double cosine) = Math.SinCos(Angle);
        return (Size * (cosine * u - sine * v) + width / 2.0 + Across * width, Size * (sine * u + cosine * v) + height / 2.0 + Down * height);
    }

    // Pixel centres lie at +0.5: (x, y) of the result comes from (a·x + b·y + c, d·x + e·y + f) of the source.
    private (double A, double B, double C, double D, double E, double F) Inverse(int height, int width)
    {
        (double sine, double cosine) = Math.SinCos(Angle);
        double cos = cosine / Size, sin = sine / Size, sign = Mirrored ? -1 : 1;
        double centreX = width / 2.0, centreY = height / 2.0, fromX = 0.5 - centreX - Across * width, fromY = 0.5 - centreY - Down * height;
        return (sign * cos, sign * sin, sign * (cos * fromX + sin * fromY) + centreX - 0.5,
            -sin, cos, -sin * fromX + cos * fromY + centreY - 0.5);
    }
}
