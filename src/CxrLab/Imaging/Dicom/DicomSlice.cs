namespace CxrLab.Imaging.Dicom;

/// <summary>One file of a series: where it lies in the patient, and nothing of its pixels.</summary>
/// <param name="Path">The file.</param>
/// <param name="SeriesUid">Its series; empty where the file doesn't say.</param>
/// <param name="InstanceUid">Its own UID; empty where the file doesn't say.</param>
/// <param name="InstanceNumber">Its number in the series.</param>
/// <param name="Rows">H.</param>
/// <param name="Columns">W.</param>
/// <param name="PixelSpacing">Distance of rows and of columns in mm.</param>
/// <param name="Position">The first pixel's place, x y z in mm.</param>
/// <param name="Orientation">The directions of a row and of a column: six cosines.</param>
/// <param name="SliceLocation">The header's own number along the axis, in mm.</param>
/// <param name="Distance">The header's Spacing Between Slices, else Slice Thickness, in mm.</param>
/// <param name="GantryTilt">The header's tilt in degrees.</param>
public sealed record DicomSlice(
    string Path, string SeriesUid, string InstanceUid, int? InstanceNumber, int Rows, int Columns, (double Row, double Column)? PixelSpacing,
    IReadOnlyList<double>? Position, IReadOnlyList<double>? Orientation, double? SliceLocation, double? Distance, double GantryTilt)
{
    /// <summary>The direction of the slice's normal, the cross product of row and column; null without an orientation.</summary>
    public IReadOnlyList<double>? Normal => Orientation is not { } o ? null
        : [o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]];

    internal static DicomSlice Of(DicomFile file)
    {
        DicomImage image = DicomImage.Of(file);
        if (image.Layout.Frames != 1) throw file.Data.Error($"it holds {image.Layout.Frames} frames; a series is made of files of one frame.");
        DicomDataSet data = file.Data;
        double[] position = data.Numbers(DicomTags.ImagePositionPatient), orientation = data.Numbers(DicomTags.ImageOrientationPatient);
        return new DicomSlice(
            file.Name, data.Text(DicomTags.SeriesInstanceUid) ?? "", data.Text(DicomTags.SopInstanceUid) ?? "", data.Integer(DicomTags.InstanceNumber),
            image.Layout.Rows, image.Layout.Columns, image.Spacing, position.Length == 3 ? position : null, orientation.Length == 6 ? orientation : null,
            data.Number(DicomTags.SliceLocation), data.Number(DicomTags.SpacingBetweenSlices) ?? data.Number(DicomTags.SliceThickness), data.Number(DicomTags.GantryDetectorTilt) ?? 0);
    }
}
