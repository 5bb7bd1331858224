using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Training;

namespace CxrLab.Cli.Training;

/// <summary>Outlines as PNG files of 0 and 255, each of its X-ray's size and under its name.</summary>
internal static class MaskFiles
{
    /// <summary>Writes one file per image and yields its record, name and share of the picture that is lung.</summary>
    internal static List<(CxrRecord Record, string File, double Share)> Write(IEnumerable<SegmentedImage> images, string folder)
    {
        Directory.CreateDirectory(folder);
        var written = new List<(CxrRecord, string, double)>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SegmentedImage image in images)
        {
            GrayImage original = image.Record.ReadImage();
            bool[] mask = image.MaskAt(original.Height, original.Width);
            string stem = Path.GetFileNameWithoutExtension(image.Record.ImageId.Replace('/', '_')), name = stem + ".png";
            for (int again = 2; !names.Add(name); again++) name = $"{stem}-{again}.png"; // merged sets may use one name twice
            new GrayImage(original.Height, original.Width, Array.ConvertAll(mask, inside => inside ? 1f : 0f)).WritePng(Path.Combine(folder, name));
            written.Add((image.Record, name, mask.Count(inside => inside) / (double)mask.Length));
        }

        return written;
    }
}
