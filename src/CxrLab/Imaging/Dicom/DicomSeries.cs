using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Imaging.Dicom;

/// <summary>
/// The slices of one series in their order in the patient, for instance a chest CT. Whatever makes the stack less than an even box of
/// voxels (gaps, duplicates, tilt, missing positions) is in <see cref="Remarks"/>; slices of several series are refused.
/// </summary>
public sealed class DicomSeries
{
    private const double SamePlace = 1e-3; // mm: far below any scanner's step, above the rounding of decimal strings

    private DicomSeries(IReadOnlyList<DicomSlice> slices, SliceOrder order, IReadOnlyList<double>? places, IReadOnlyList<string> remarks, int notDicom)
    {
        (Slices, Order, Places, NotDicom) = (slices, order, places, notDicom);
        List<string> all = [.. remarks];
        var geometry = new SliceGeometry(slices, places);
        (SliceSpacing, TiltDegrees, Duplicates, UnevenGaps) = (geometry.Spacing, geometry.TiltDegrees, geometry.Duplicates, geometry.UnevenGaps);
        all.AddRange(geometry.Remarks);
        Remarks = all;
    }

    /// <summary>In order along the normal, from the smallest place on.</summary>
    public IReadOnlyList<DicomSlice> Slices { get; }

    /// <summary>What they were sorted by.</summary>
    public SliceOrder Order { get; }

    /// <summary>The place of each slice along the normal in mm; null where neither positions nor slice locations say it.</summary>
    public IReadOnlyList<double>? Places { get; }

    /// <summary>Distance of neighbouring slices in mm: the median of the places' gaps, else the header's; null where nothing says it.</summary>
    public double? SliceSpacing { get; }

    /// <summary>Distance of rows and of columns in mm; null where the files don't say.</summary>
    public (double Row, double Column)? PixelSpacing => Slices[0].PixelSpacing;

    /// <summary>The angle between the stack's direction and the slices' normal; above 0.1° the stack is a sheared box.</summary>
    public double TiltDegrees { get; }

    /// <summary>Pairs of slices (by index) that lie in one place.</summary>
    public IReadOnlyList<(int First, int Second)> Duplicates { get; }

    /// <summary>Slices (by index) whose gap to the one before is off the median by more than 1 %.</summary>
    public IReadOnlyList<int> UnevenGaps { get; }

    /// <summary>Files of the folder that aren't DICOM.</summary>
    public int NotDicom { get; }

    /// <summary>What is odd about the series, in words.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Reads the series in a folder (not below it); files that aren't DICOM are counted.</summary>
    /// <exception cref="ImageFormatException">There is no DICOM file, or files of several series, sizes, orientations or pixel spacings.</exception>
    public static DicomSeries Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new ImageFormatException(folder, "there is no such folder.");
        string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        string[] dicom = [.. files.Where(file => DicomFile.IsDicom(Head(file)))];
        if (dicom.Length == 0) throw new ImageFormatException(folder, $"none of its {files.Length} files is DICOM; name the folder that holds the slices themselves.");
        return Of(dicom, folder, files.Length - dicom.Length);
    }

    /// <summary>Reads a series from named files.</summary>
    /// <exception cref="ImageFormatException">As for <see cref="Read"/>.</exception>
    public static DicomSeries Of(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0) throw new ArgumentException("A series has at least one file; got none.", nameof(files));
        return Of(files, files[0], 0);
    }

    /// <summary>The stack as shown on a screen, each slice by its own window (<see cref="DicomImage.ToGray"/>).</summary>
    /// <returns>[S, 1, H, W] float32 in [0, 1] on the CPU; the caller owns it.</returns>
    public Tensor ToTensor()
    {
        int area = Slices[0].Rows * Slices[0].Columns;
        var all = new float[(long)Slices.Count * area];
        for (int i = 0; i < Slices.Count; i++) GrayImage.Read(Slices[i].Path).Pixels.CopyTo(all.AsSpan(i * area, area));
        return torch.tensor(all, [Slices.Count, 1, Slices[0].Rows, Slices[0].Columns]);
    }

    /// <summary>The series with the first slice of every place; how many went is remarked.</summary>
    public DicomSeries WithoutDuplicates()
    {
        HashSet<int> gone = [.. Duplicates.Select(pair => pair.Second)];
        int[] kept = [.. Enumerable.Range(0, Slices.Count).Where(i => !gone.Contains(i))];
        return new DicomSeries([.. kept.Select(i => Slices[i])], Order, Places is { } places ? [.. kept.Select(i => places[i])] : null, [$"{gone.Count} duplicates were left out"], NotDicom);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Slices.Count} slices of {Slices[0].Columns}×{Slices[0].Rows}, {(SliceSpacing is { } mm ? $"{mm:0.###} mm apart" : "at unknown distance")}, sorted by {Order}{(Remarks.Count > 0 ? $"; {string.Join("; ", Remarks)}" : "")}");

    private static DicomSeries Of(IReadOnlyList<string> files, string name, int notDicom)
    {
        DicomSlice[] slices = [.. files.Select(file => DicomSlice.Of(DicomFile.Read(file)))];
        RefuseMixture(slices, name);
        var remarks = new List<string>();
        if (notDicom > 0) remarks.Add($"{notDicom} files that aren't DICOM were skipped");
        (SliceOrder order, Func<DicomSlice, double>? place) = OrderOf(slices, remarks);
        DicomSlice[] sorted = order == SliceOrder.FileName ? [.. slices.OrderBy(slice => slice.Path, StringComparer.Ordinal)]
            : [.. slices.OrderBy(slice => place is null ? slice.InstanceNumber!.Value : place(slice)).ThenBy(slice => slice.InstanceNumber ?? 0).ThenBy(slice => slice.Path, StringComparer.Ordinal)];
        return new DicomSeries(sorted, order, place is null ? null : [.. sorted.Select(place)], remarks, notDicom);
    }

    private static (SliceOrder, Func<DicomSlice, double>?) OrderOf(DicomSlice[] slices, List<string> remarks)
    {
        int lost = slices.Count(slice => slice.Position is null || slice.Orientation is null);
        if (lost == 0)
        {
            // One normal for all, so that rounding in the others' orientations moves nothing.
            IReadOnlyList<double> normal = SliceGeometry.Unit(slices[0].Normal!);
            return (SliceOrder.Position, slice => SliceGeometry.Dot(slice.Position!, normal));
        }

        string missing = $"{lost} of {slices.Length} slices have no position or orientation";
        if (slices.All(slice => slice.SliceLocation is not null))
        {
            remarks.Add($"{missing}; sorted by Slice Location");
            return (SliceOrder.SliceLocation, slice => slice.SliceLocation!.Value);
        }

        bool numbered = slices.All(slice => slice.InstanceNumber is not null);
        remarks.Add($"{missing}, and Slice Location is missing too; sorted by {(numbered ? "Instance Number" : "file name")}, which may be the wrong way round");
        return (numbered ? SliceOrder.InstanceNumber : SliceOrder.FileName, null);
    }

    private static void RefuseMixture(DicomSlice[] slices, string name)
    {
        string[] series = [.. slices.Select(slice => slice.SeriesUid).Distinct()];
        if (series.Length > 1) throw new ImageFormatException(name, $"files of {series.Length} series lie together ({string.Join(", ", series.Take(3).Select(uid => uid.Length == 0 ? "one without UID" : uid))}{(series.Length > 3 ? ", …" : "")}); sort them into folders by Series Instance UID.");
        DicomSlice first = slices[0];
        foreach (DicomSlice slice in slices)
        {
            string? odd = slice.Rows != first.Rows || slice.Columns != first.Columns ? $"is {slice.Columns} × {slice.Rows}, the first one {first.Columns} × {first.Rows}"
                : slice.PixelSpacing is { } a && first.PixelSpacing is { } b && Math.Max(Math.Abs(a.Row - b.Row), Math.Abs(a.Column - b.Column)) > SamePlace ? "has another pixel spacing than the first one"
                : slice.Orientation is { } here && first.Orientation is { } there && here.Zip(there).Any(pair => Math.Abs(pair.First - pair.Second) > SamePlace) ? "has another orientation than the first one (a localizer, perhaps)"
                : null;
            if (odd is not null) throw new ImageFormatException(slice.Path, $"it {odd}, so they don't make a stack; take it out of the series.");
        }
    }

    private static byte[] Head(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] head = new byte[Math.Min(132, file.Length)];
        file.ReadExactly(head);
        return head;
    }
}
