using CxrLab.Imaging;

namespace CxrLab.Data;

/// <summary>The image of a record, as it is to be looked at.</summary>
public static class RecordImage
{
    /// <summary>Reads the record's image file, and turns it where the record says that its pixels are <see cref="CxrRecord.Inverted"/>.</summary>
    /// <exception cref="ArgumentException">The record has no image file.</exception>
    /// <exception cref="ImageFormatException">The file can't be read.</exception>
    public static GrayImage ReadImage(this CxrRecord record)
    {
        if (record.ImagePath is null) throw new ArgumentException($"{record.ImageId} has no image file; read the index with images required.", nameof(record));
        GrayImage image = GrayImage.Read(record.ImagePath);
        return record.Inverted ? image.Invert() : image;
    }
}
