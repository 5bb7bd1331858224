using CxrLab.Imaging;

namespace CxrLab.Data;

/// <summary>The lung field of a record, from the mask files that radiologists drew.</summary>
public static class LungMask
{
    /// <summary>
    /// Brighter than this is lung. Files hold 0 and 255, but some mark a second reader's or the overlapped part with 127, which counts; resampled
    /// files have a soft edge, of which the outer part doesn't.
    /// </summary>
    public const float Threshold = 100 / 255f;

    private const double SameShape = 0.02; // masks are often stored smaller than their image, but in its proportions

    /// <summary>Whether both lungs of the record are outlined: in one file, or in one for each side.</summary>
    public static bool IsOutlined(CxrRecord record)
    {
        string[] structures = [.. record.Masks.Select(mask => mask.Structure)];
        return structures.Contains("lungs") || (structures.Contains("left lung") && structures.Contains("right lung"));
    }

    /// <summary>The records whose lungs are outlined; the others are left out and counted.</summary>
    public static CxrIndex WithLungMasks(this CxrIndex index) => index.Where(IsOutlined, "both lungs outlined");

    /// <summary>The union of the record's lung masks.</summary>
    /// <returns>[H, W] of the mask file: 1 in the lungs, 0 elsewhere.</returns>
    /// <exception cref="ArgumentException">The lungs aren't outlined.</exception>
    /// <exception cref="ImageFormatException">A mask can't be read, or the masks of both sides differ in size.</exception>
    public static GrayImage ReadLungMask(this CxrRecord record)
    {
        if (!IsOutlined(record)) throw new ArgumentException($"{record.ImageId} has no outline of both lungs; choose such records with WithLungMasks().", nameof(record));
        GrayImage? union = null;
        foreach (MaskFile file in record.Masks.Where(mask => mask.Structure is "lungs" or "left lung" or "right lung"))
        {
            GrayImage mask = GrayImage.Read(file.Path);
            if (union is not null && (union.Height, union.Width) != (mask.Height, mask.Width))
                throw new ImageFormatException(file.Path, $"it has {mask.Width} × {mask.Height} pixels, the other lung's mask {union.Width} × {union.Height}; they must be of one image.");
            var pixels = new float[mask.Height * mask.Width];
            for (int i = 0; i < pixels.Length; i++) pixels[i] = mask.Pixels[i] > Threshold || (union is not null && union.Pixels[i] > 0) ? 1 : 0;
            union = new GrayImage(mask.Height, mask.Width, pixels);
        }

        return union!;
    }

    /// <summary>The lung mask at a model's size, soft at the edges: the share of each new pixel that is lung.</summary>
    /// <exception cref="ImageFormatException">Image and mask aren't of one shape, so one of them belongs elsewhere.</exception>
    internal static GrayImage ReadLungMask(CxrRecord record, int side)
    {
        GrayImage mask = record.ReadLungMask(), image = record.ReadImage();
        double shape = (double)mask.Width / mask.Height / ((double)image.Width / image.Height);
        if (Math.Abs(shape - 1) > SameShape)
            throw new ImageFormatException(record.Masks[0].Path, $"the mask has {mask.Width} × {mask.Height} pixels, its image {image.Width} × {image.Height}; a mask has its image's proportions. Are they of the same X-ray?");
        return mask.Resize(side, side);
    }
}
