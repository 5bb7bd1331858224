namespace CxrLab.Imaging.Dicom;

/// <summary>The last step from a DICOM file to a screen: values over the range that they can take, 0 always black.</summary>
internal sealed class DicomScreen
{
    private readonly DicomImage image;
    private readonly PixelLayout layout;
    private readonly (double Low, double High)? padding;
    private readonly Func<double, double> voi;
    private readonly double black, white;

    internal DicomScreen(DicomImage image)
    {
        (this.image, layout) = (image, image.Layout);
        if (!layout.IsMonochrome)
        {
            if (layout.Photometric is not ("RGB" or "YBR_FULL" or "YBR_FULL_422"))
                throw image.File.Data.Error($"photometric interpretation {layout.Photometric} can't be shown as grey; MONOCHROME1, MONOCHROME2, RGB, YBR_FULL and YBR_FULL_422 can.");
            (voi, black, white) = (value => value, layout.Smallest, layout.Largest);
            return;
        }

        (voi, black, white) = image.Voi();
        if (image.File.Data.Number(DicomTags.PixelPaddingValue, layout.Signed) is { } value)
        {
            double limit = image.File.Data.Number(DicomTags.PixelPaddingRangeLimit, layout.Signed) ?? value;
            padding = (Math.Min(value, limit), Math.Max(value, limit));
        }
    }

    internal GrayImage Show(int frame)
    {
        int[] stored = image.StoredValues(frame);
        float[] pixels = layout.Samples == 3 ? Luma(stored) : layout.BitsStored <= 16 ? ByTable(stored) : Array.ConvertAll(stored, Grey);
        return new GrayImage(layout.Rows, layout.Columns, pixels) { BitDepth = layout.BitsStored };
    }

    private float Grey(int stored)
    {
        if (padding is { } pad && stored >= pad.Low && stored <= pad.High) return 0;
        // A flat range has no grey: a slope of 0, or one bit of a constant.
        if (white == black) return 0;
        double part = Math.Clamp((voi(image.Modality(stored)) - black) / (white - black), 0, 1);
        return (float)(layout.IsMonochrome1 ? 1 - part : part);
    }

    // Every value that up to 16 bits can hold, once, instead of every pixel.
    private float[] ByTable(int[] stored)
    {
        int smallest = (int)layout.Smallest, count = 1 << layout.BitsStored;
        if (stored.Length < count) return Array.ConvertAll(stored, Grey);
        var table = new float[count];
        for (int i = 0; i < count; i++) table[i] = Grey(smallest + i);
        return Array.ConvertAll(stored, value => table[value - smallest]);
    }

    private float[] Luma(int[] stored)
    {
        var pixels = new float[stored.Length / 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            // Y of YBR is the luma; for RGB it is ITU-R 601 in fixed point, as in other colour files.
            long luma = layout.Photometric == "RGB" ? (stored[3 * i] * 19595L + stored[3 * i + 1] * 38470L + stored[3 * i + 2] * 7471L + 0x8000) >> 16 : stored[3 * i];
            pixels[i] = (float)Math.Clamp((luma - black) / (white - black), 0, 1);
        }

        return pixels;
    }
}
