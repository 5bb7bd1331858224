namespace CxrLab.Imaging.Dicom;

/// <summary>
/// The pixels of a DICOM file, step by step as PS3.4 N.2 has them: stored values, modality values (slope and intercept, or a table), VOI
/// values (a window, or a table), and the grey of a screen. Each step's numbers equal pydicom's <c>pixel_array</c>, <c>apply_modality_lut</c>
/// and <c>apply_voi_lut</c>.
/// </summary>
public sealed class DicomImage
{
    private readonly DicomElement pixels;
    private readonly LookupTable? modalityTable;
    private readonly (double Slope, double Intercept)? rescale;
    private readonly Lazy<IReadOnlyList<DicomWindow>> windows;
    private readonly Lazy<IReadOnlyList<LookupTable>> tables;

    private DicomImage(DicomFile file, PixelLayout layout, DicomElement pixels)
    {
        (File, Layout, this.pixels) = (file, layout, pixels);
        DicomDataSet data = file.Data;
        IReadOnlyList<DicomDataSet> modality = data.Items(DicomTags.ModalityLutSequence);
        modalityTable = modality.Count > 0 ? LookupTable.Of(modality[0], layout.Signed) : null;
        if (modalityTable is null && data.Number(DicomTags.RescaleSlope) is { } slope && data.Number(DicomTags.RescaleIntercept) is { } intercept) rescale = (slope, intercept);
        // A wrong window must not keep anybody from the stored values.
        windows = new(() => DicomWindow.AllOf(data));
        tables = new(() => [.. data.Items(DicomTags.VoiLutSequence).Select(item => LookupTable.Of(item, layout.Signed)).OfType<LookupTable>()]);
    }

    /// <summary>The file, for its other elements.</summary>
    public DicomFile File { get; }

    /// <summary>How the pixels are stored.</summary>
    public PixelLayout Layout { get; }

    /// <summary>The file's windows, the first being its default; empty where it has none.</summary>
    public IReadOnlyList<DicomWindow> Windows => windows.Value;

    /// <summary>The file's VOI tables; empty where it has none.</summary>
    public IReadOnlyList<LookupTable> VoiTables => tables.Value;

    /// <summary>Distance of neighbouring rows and of neighbouring columns in mm (Pixel Spacing, else Imager Pixel Spacing); null where the file doesn't say.</summary>
    public (double Row, double Column)? Spacing
    {
        get
        {
            double[] spacing = File.Data.Numbers(DicomTags.PixelSpacing);
            if (spacing.Length < 2) spacing = File.Data.Numbers(DicomTags.ImagerPixelSpacing);
            return spacing.Length >= 2 ? (spacing[0], spacing[1]) : null;
        }
    }

    /// <summary>Opens a file's pixels; they are unpacked when asked for.</summary>
    /// <exception cref="ImageFormatException">No DICOM file, no pixels, or pixels in a transfer syntax that isn't supported: its name stands in the message.</exception>
    public static DicomImage Read(string path) => Of(DicomFile.Read(path));

    /// <summary>Opens the pixels of a parsed file.</summary>
    /// <exception cref="ImageFormatException">As for <see cref="Read"/>.</exception>
    public static DicomImage Of(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        DicomDataSet data = file.Data;
        if (data.Contains(DicomTags.FloatPixelData) || data.Contains(DicomTags.DoubleFloatPixelData)) throw data.Error("its pixels are floating-point numbers, which isn't supported; integers are.");
        if (!data.TryGet(DicomTags.PixelData, out DicomElement? pixels))
            throw data.Error($"it has no pixel data{(data.Text(DicomTags.Modality) is { } modality ? $"; its modality is {modality}" : "")}. Name a file that holds an image.");
        if (!file.TransferSyntax.HasReadablePixels) throw data.Error($"pixels in transfer syntax {file.TransferSyntax} aren't supported; {DicomFile.Convert}.");
        if (pixels.Fragments is null == (file.TransferSyntax == TransferSyntax.JpegBaseline))
            throw data.Error($"the header says {file.TransferSyntax}, but the pixels are {(pixels.Fragments is null ? "not " : "")}in fragments; the header is wrong.");
        return new DicomImage(file, PixelLayout.Of(data), pixels);
    }

    /// <summary>The values as stored: BitsStored bits below HighBit, sign extended.</summary>
    /// <param name="frame">From 0.</param>
    /// <returns>[H, W, samples], row by row and pixel by pixel.</returns>
    /// <exception cref="ImageFormatException">The pixels are cut off or damaged.</exception>
    public int[] StoredValues(int frame = 0) => StoredValues(frame, out _);

    /// <summary>As <see cref="StoredValues(int)"/>, with the number of samples that had bits outside of BitsStored (overlays of old files, or a wrong header).</summary>
    public int[] StoredValues(int frame, out long spilt)
    {
        if (frame < 0 || frame >= Layout.Frames) throw new ArgumentOutOfRangeException(nameof(frame), $"{File.Name} has frames 0 to {Layout.Frames - 1}; got {frame}.");
        spilt = 0;
        return pixels.Fragments is { } fragments
            ? JpegPixels.Decode(File.Data, Layout, JpegPixels.Join(File.Data, Layout, fragments, frame))
            : UncompressedPixels.Frame(File.Data, Layout, pixels.Value.Span, frame, out spilt);
    }

    /// <summary>Stored values with a meaning, such as Hounsfield units: slope · value + intercept, or the modality table's entry.</summary>
    public double[] ModalityValues(int frame = 0) => Array.ConvertAll(StoredValues(frame), value => Modality(value));

    /// <summary>Modality values through a VOI table or window; as they are where the file has none.</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="view">Which of several tables or windows.</param>
    /// <param name="preferTable">What counts where the file has tables and windows.</param>
    public double[] VoiValues(int frame = 0, int view = 0, bool preferTable = true)
    {
        Func<double, double> voi = Voi(view, preferTable).Apply;
        return Array.ConvertAll(StoredValues(frame), value => voi(Modality(value)));
    }

    /// <summary>
    /// The image as a screen shows it, in [0, 1]: VOI values over the range that they can take; without table and window, modality values over
    /// the range of BitsStored. MONOCHROME1 is turned, so 0 is black always; padding (0028,0120) becomes black; colour becomes its luma.
    /// </summary>
    /// <param name="frame">From 0.</param>
    /// <exception cref="ImageFormatException">The pixels are damaged, or are indices into a palette.</exception>
    public GrayImage ToGray(int frame = 0) => new DicomScreen(this).Show(frame);

    internal double Modality(double stored) =>
        modalityTable is { } table ? table.Apply(stored) : rescale is { } line ? stored * line.Slope + line.Intercept : stored;

    /// <summary>The VOI step and its output for black and for white.</summary>
    internal (Func<double, double> Apply, double Black, double White) Voi(int view = 0, bool preferTable = true)
    {
        (double low, double high) = modalityTable is { } known ? (0, Math.Pow(2, known.Bits) - 1) : (Modality(Layout.Smallest), Modality(Layout.Largest));
        bool windowed = Windows.Count > 0;
        if (VoiTables.Count > 0 && (preferTable || !windowed))
        {
            LookupTable table = VoiTables[Within(view, VoiTables.Count, "VOI tables")];
            return (table.Apply, 0, Math.Pow(2, table.Bits) - 1);
        }

        if (!windowed) return (value => value, Math.Min(low, high), Math.Max(low, high));
        if (!Layout.IsMonochrome) throw File.Data.Error($"a window is for grey pixels; these are {Layout.Photometric}.");
        DicomWindow window = Windows[Within(view, Windows.Count, "windows")];
        return (value => window.Apply(value, low, high), low, high);
    }

    private int Within(int view, int count, string what) =>
        view >= 0 && view < count ? view : throw new ArgumentOutOfRangeException(nameof(view), $"{File.Name} has {count} {what}, counted from 0; got {view}.");
}
