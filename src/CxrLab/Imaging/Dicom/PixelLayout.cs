namespace CxrLab.Imaging.Dicom;

/// <summary>How the pixels of a DICOM file are stored (PS3.3 C.7.6.3).</summary>
/// <param name="Frames">Images in the file, at least 1.</param>
/// <param name="Rows">H.</param>
/// <param name="Columns">W.</param>
/// <param name="Samples">1 for grey, 3 for colour.</param>
/// <param name="Planar">Whether colours come plane by plane instead of pixel by pixel.</param>
/// <param name="BitsAllocated">Bits that a sample takes up: 1, 8, 16 or 32.</param>
/// <param name="BitsStored">Bits of it that hold the value.</param>
/// <param name="HighBit">The position of the value's highest bit.</param>
/// <param name="Signed">Two's complement.</param>
/// <param name="Photometric">MONOCHROME1 (0 is white), MONOCHROME2 (0 is black), RGB, YBR_FULL, …</param>
public sealed record PixelLayout(int Frames, int Rows, int Columns, int Samples, bool Planar, int BitsAllocated, int BitsStored, int HighBit, bool Signed, string Photometric)
{
    /// <summary>Samples of one frame.</summary>
    public long SamplesPerFrame => (long)Rows * Columns * Samples;

    /// <summary>The smallest value that can be stored.</summary>
    public double Smallest => Signed ? -Math.Pow(2, BitsStored - 1) : 0;

    /// <summary>The largest value that can be stored.</summary>
    public double Largest => Math.Pow(2, Signed ? BitsStored - 1 : BitsStored) - 1;

    /// <summary>Whether white is 0.</summary>
    public bool IsMonochrome1 => Photometric == "MONOCHROME1";

    /// <summary>Whether the values are grey and not colour or an index into a palette.</summary>
    public bool IsMonochrome => Photometric is "MONOCHROME1" or "MONOCHROME2";

    /// <summary>Chroma is stored for every second column only.</summary>
    internal bool IsHalved => Photometric == "YBR_FULL_422";

    internal static PixelLayout Of(DicomDataSet data)
    {
        int rows = Needed(data, DicomTags.Rows), columns = Needed(data, DicomTags.Columns);
        int samples = Needed(data, DicomTags.SamplesPerPixel), allocated = Needed(data, DicomTags.BitsAllocated);
        int stored = Needed(data, DicomTags.BitsStored), frames = data.Integer(DicomTags.NumberOfFrames) is { } said && said != 0 ? said : 1;
        string photometric = data.Text(DicomTags.PhotometricInterpretation) ?? throw Missing(data, DicomTags.PhotometricInterpretation);
        Check(data, DicomTags.Rows, rows > 0, rows, "positive");
        Check(data, DicomTags.Columns, columns > 0, columns, "positive");
        Check(data, DicomTags.NumberOfFrames, frames > 0, frames, "positive");
        Check(data, DicomTags.SamplesPerPixel, samples is 1 or 3, samples, "1 or 3");
        Check(data, DicomTags.BitsAllocated, allocated is 1 or 8 or 16 or 32, allocated, "1, 8, 16 or 32");
        Check(data, DicomTags.BitsStored, stored > 0 && stored <= allocated, stored, $"in 1 to {allocated}, the bits allocated");
        // A high bit below the stored bits, or above the allocated ones, is impossible: then the bits begin at 0, as they nearly always do.
        int high = data.Integer(DicomTags.HighBit) is { } bit && bit >= stored - 1 && bit < allocated ? bit : stored - 1;
        int representation = Needed(data, DicomTags.PixelRepresentation);
        Check(data, DicomTags.PixelRepresentation, representation is 0 or 1, representation, "0 (unsigned) or 1 (signed)");
        if ((long)rows * columns > GrayImage.MaxPixels)
            throw data.Error($"it says {columns} × {rows} pixels; more than {GrayImage.MaxPixels / 1_000_000} megapixels are refused.");
        bool planar = samples > 1 && (data.Integer(DicomTags.PlanarConfiguration) ?? throw Missing(data, DicomTags.PlanarConfiguration)) == 1;
        var layout = new PixelLayout(frames, rows, columns, samples, planar, allocated, stored, high, representation == 1, photometric);
        if (layout.IsMonochrome && samples != 1) throw data.Error($"{photometric} pixels have one sample; (0028,0002) says {samples}.");
        if (layout.IsHalved && (samples != 3 || allocated != 8 || columns % 2 != 0)) throw data.Error($"YBR_FULL_422 needs 3 samples of 8 bits and an even width; found {samples} of {allocated} and {columns} columns.");
        if (allocated == 1 && samples != 1) throw data.Error("pixels of one bit have one sample; the file is damaged.");
        return layout;
    }

    private static int Needed(DicomDataSet data, DicomTag tag) => data.Integer(tag) ?? throw Missing(data, tag);

    private static ImageFormatException Missing(DicomDataSet data, DicomTag tag) =>
        data.Error($"{tag} is missing, so the pixels can't be read; is this an image at all{(data.Text(DicomTags.Modality) is { } modality ? $" (its modality is {modality})" : "")}?");

    private static void Check(DicomDataSet data, DicomTag tag, bool fine, int found, string expected)
    {
        if (!fine) throw data.Error($"{tag} is {found}; it must be {expected}.");
    }
}
