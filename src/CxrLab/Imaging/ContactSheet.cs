namespace CxrLab.Imaging;

/// <summary>Many images in one, for looking at a data set.</summary>
public static class ContactSheet
{
    /// <param name="images">Shown row by row, each resized to <paramref name="side"/>.</param>
    /// <param name="columns">Images per row.</param>
    /// <param name="side">Rows and columns of each image.</param>
    /// <param name="gap">White pixels between images.</param>
    public static GrayImage Of(IReadOnlyList<GrayImage> images, int columns, int side = 128, int gap = 2)
    {
        if (images.Count == 0) throw new ArgumentException("There is no image to show.", nameof(images));
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int rows = (images.Count + columns - 1) / columns, width = columns * (side + gap) - gap, height = rows * (side + gap) - gap;
        var pixels = new float[height * width];
        Array.Fill(pixels, 1f);
        for (int i = 0; i < images.Count; i++)
        {
            GrayImage image = images[i].Resize(side, side);
            for (int y = 0; y < side; y++)
                image.Pixels.Slice(y * side, side).CopyTo(pixels.AsSpan((i / columns * (side + gap) + y) * width + i % columns * (side + gap)));
        }

        return new GrayImage(height, width, pixels);
    }
}
