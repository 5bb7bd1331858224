using CxrLab.Imaging;
using CxrLab.Imaging.Dicom;
using CxrLab.Tests.Models;
using TorchSharp;
using Xunit;

namespace CxrLab.Tests.Imaging.Dicom;

public sealed class DicomSeriesTests : IDisposable
{
    private static readonly double[] Axial = [1, 0, 0, 0, 1, 0];
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_ShuffledNames_SortsByPositionAndStacks()
    {
        double[] z = [30, 10, 20, 0];
        for (int i = 0; i < z.Length; i++) Slice($"{i}.dcm", [5, 6, z[i]], Axial, grey: (float)(z[i] / 100), number: i);
        File.WriteAllText(folder.File("notes.txt"), "not a slice");
        DicomSeries series = DicomSeries.Read(folder.File("."));
        Assert.Equal(["3.dcm", "1.dcm", "2.dcm", "0.dcm"], series.Slices.Select(slice => Path.GetFileName(slice.Path)));
        Assert.Equal((SliceOrder.Position, 10.0, (0.7, 0.8), 0.0, 1), (series.Order, series.SliceSpacing!.Value, series.PixelSpacing!.Value, series.TiltDegrees, series.NotDicom));
        Assert.Equal(["1 files that aren't DICOM were skipped"], series.Remarks);
        using torch.Tensor stack = series.ToTensor();
        Assert.Equal([4, 1, 3, 5], stack.shape);
        for (int s = 0; s < 4; s++) Assert.Equal(0.1 * s, stack[s, 0, 1, 1].item<float>(), 2e-4);
    }

    [Fact]
    public void Read_SagittalAndOblique_UseTheNormalNotTheZAxis()
    {
        double c = Math.Cos(0.5), s = Math.Sin(0.5);
        double[] orientation = [c, s, 0, 0, 0, -1]; // normal: (-s, c, 0)
        for (int i = 0; i < 5; i++) Slice($"{i}.dcm", [-s * 2.5 * (4 - i), c * 2.5 * (4 - i), 7], orientation);
        DicomSeries series = DicomSeries.Read(folder.File("."));
        Assert.Equal(["4.dcm", "3.dcm", "2.dcm", "1.dcm", "0.dcm"], series.Slices.Select(slice => Path.GetFileName(slice.Path)));
        Assert.Equal(2.5, series.SliceSpacing!.Value, 6);
        Assert.Empty(series.Remarks);
    }

    [Fact]
    public void Read_GapDuplicateAndTilt_AreReported()
    {
        double[] z = [0, 2, 2, 4, 8, 10]; // one twice, 6 missing
        for (int i = 0; i < z.Length; i++) Slice($"{i}.dcm", [0, z[i] * Math.Tan(10 * Math.PI / 180), z[i]], Axial, tilt: 10);
        DicomSeries series = DicomSeries.Read(folder.File("."));
        Assert.Equal([(1, 2)], series.Duplicates);
        Assert.Equal([4], series.UnevenGaps);
        Assert.Equal(10, series.TiltDegrees, 6);
        Assert.Equal(3, series.Remarks.Count);
        DicomSeries single = series.WithoutDuplicates();
        Assert.Equal((5, 0), (single.Slices.Count, single.Duplicates.Count));
        Assert.Contains("1 duplicates were left out", single.Remarks);
    }

    [Fact]
    public void Read_HeaderTiltThatPositionsDeny_IsReported()
    {
        for (int i = 0; i < 3; i++) Slice($"{i}.dcm", [0, 0, i], Axial, tilt: 15);
        Assert.Contains("positions say it isn't", Assert.Single(DicomSeries.Read(folder.File(".")).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutPositions_FallsBackAloud()
    {
        for (int i = 0; i < 3; i++) Slice($"{i}.dcm", null, null, number: 3 - i, thickness: 1.25);
        DicomSeries series = DicomSeries.Read(folder.File("."));
        Assert.Equal(["2.dcm", "1.dcm", "0.dcm"], series.Slices.Select(slice => Path.GetFileName(slice.Path)));
        Assert.Equal((SliceOrder.InstanceNumber, 1.25), (series.Order, series.SliceSpacing!.Value));
        Assert.Contains(series.Remarks, remark => remark.StartsWith("3 of 3 slices have no position", StringComparison.Ordinal));
        Assert.Null(series.Places);
    }

    [Fact]
    public void Read_MixedFolders_AreRefused()
    {
        Slice("a.dcm", [0, 0, 0], Axial);
        Slice("b.dcm", [0, 0, 1], Axial, series: 2);
        Assert.Contains("2 series", Assert.Throws<ImageFormatException>(() => DicomSeries.Read(folder.File("."))).Message, StringComparison.Ordinal);
        Slice("b.dcm", [0, 0, 1], Axial, width: 6);
        Assert.Contains("6 × 3", Assert.Throws<ImageFormatException>(() => DicomSeries.Read(folder.File("."))).Message, StringComparison.Ordinal);
        Slice("b.dcm", [0, 0, 1], [0, 1, 0, 0, 0, 1]);
        Assert.Contains("localizer", Assert.Throws<ImageFormatException>(() => DicomSeries.Read(folder.File("."))).Message, StringComparison.Ordinal);
        using var empty = new TempFolder();
        Assert.Contains("none of its 0 files", Assert.Throws<ImageFormatException>(() => DicomSeries.Read(empty.File("."))).Message, StringComparison.Ordinal);
    }

    private void Slice(string name, double[]? position, double[]? orientation, float grey = 0.5f, int number = 1, int series = 1, double tilt = 0, double? thickness = null, int width = 5) =>
        DicomWriter.Write(folder.File(name), new GrayImage(3, width, [.. Enumerable.Repeat(grey, 3 * width)]), new DicomHeader(DicomUid.Of(1), DicomUid.Of(series), DicomUid.Of(Seed.Of(name[0], number)), "p")
        {
            Modality = "CT",
            Position = position,
            Orientation = orientation,
            InstanceNumber = number,
            PixelSpacing = (0.7, 0.8),
            GantryTilt = tilt,
            SliceThickness = thickness,
        });
}
