namespace CxrLab.Imaging.Dicom;

/// <summary>What <see cref="DicomWriter"/> writes beside the pixels. Names are never written: a patient is an id.</summary>
/// <param name="StudyUid">The study, see <see cref="DicomUid"/>.</param>
/// <param name="SeriesUid">The series.</param>
/// <param name="InstanceUid">The image.</param>
/// <param name="PatientId">The patient.</param>
public sealed record DicomHeader(string StudyUid, string SeriesUid, string InstanceUid, string PatientId)
{
    /// <summary>DX (radiograph), CR or CT.</summary>
    public string Modality { get; init; } = "DX";

    /// <summary>M, F or O; null leaves it empty.</summary>
    public string? PatientSex { get; init; }

    /// <summary>Years.</summary>
    public int? PatientAge { get; init; }

    /// <summary>The day as YYYYMMDD; null leaves it empty.</summary>
    public string? StudyDate { get; init; }

    /// <summary>AP, PA, LL, …</summary>
    public string? ViewPosition { get; init; }

    /// <summary>Free text about the series.</summary>
    public string? SeriesDescription { get; init; }

    /// <summary>8 to 16; up to 8 take a byte a pixel, more take two.</summary>
    public int BitsStored { get; init; } = 12;

    /// <summary>Stores white as 0.</summary>
    public bool Monochrome1 { get; init; }

    /// <summary>Distance of rows and of columns in mm.</summary>
    public (double Row, double Column)? PixelSpacing { get; init; }

    /// <summary>Modality values are slope · stored + intercept.</summary>
    public (double Slope, double Intercept)? Rescale { get; init; }

    /// <summary>The window to show it by, in modality values.</summary>
    public DicomWindow? Window { get; init; }

    /// <summary>The image's number in its series.</summary>
    public int? InstanceNumber { get; init; }

    /// <summary>Where the first pixel's centre lies in the patient, x y z in mm.</summary>
    public IReadOnlyList<double>? Position { get; init; }

    /// <summary>Directions of a row and of a column: six cosines.</summary>
    public IReadOnlyList<double>? Orientation { get; init; }

    /// <summary>Thickness of a slice in mm.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>Tilt of the gantry in degrees.</summary>
    public double? GantryTilt { get; init; }
}
