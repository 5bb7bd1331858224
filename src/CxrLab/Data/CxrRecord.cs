namespace CxrLab.Data;

/// <summary>One image of a data set, with all that its table says about it.</summary>
public sealed record CxrRecord
{
    /// <summary>The image's name in its data set, unique there, such as <c>00000001_000.png</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>The patient; splits keep all images of a patient together.</summary>
    public required string PatientId { get; init; }

    /// <summary>The examination that the image belongs to; one study may hold several views. Null where the data set has none.</summary>
    public string? StudyId { get; init; }

    /// <summary>Path of the image file, or null where the table has a row but no image is there.</summary>
    public string? ImagePath { get; init; }

    /// <summary>States aligned with the label set of the index that holds the record.</summary>
    public required IReadOnlyList<LabelState> Labels { get; init; }

    /// <summary>Projection.</summary>
    public View View { get; init; }

    /// <summary>Age in years, or null where unknown or impossible.</summary>
    public double? Age { get; init; }

    /// <summary>Sex as recorded.</summary>
    public Sex Sex { get; init; }

    /// <summary>Number of the image in the patient's series, from 0; null where the data set has none.</summary>
    public int? FollowUp { get; init; }

    /// <summary>Boxes that readers drew, in pixels of an image of <see cref="BoxSpace"/>.</summary>
    public IReadOnlyList<FindingBox> Boxes { get; init; } = [];

    /// <summary>Width and height of the image in which <see cref="Boxes"/> are measured; NIH: 1024 × 1024.</summary>
    public (int Width, int Height) BoxSpace { get; init; }

    /// <summary>What single readers said, before any consensus; empty where the data set gives one answer only.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>Mask files drawn on this image; masks of one structure are to be united.</summary>
    public IReadOnlyList<MaskFile> Masks { get; init; } = [];

    /// <summary>File that holds the radiologist's report, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>The report, where the table itself holds it, or null.</summary>
    public string? ReportText { get; init; }

    /// <summary>Extent and opacity scores of COVIDx-S, or null.</summary>
    public SeverityScore? Severity { get; init; }

    /// <summary>The scan that a slice belongs to, and its place there; null for plain radiographs.</summary>
    public (string Scan, int Number)? Slice { get; init; }

    /// <summary>Whether the stored pixels are inverted (MONOCHROME1 in a file that can't say so): high values are dark.</summary>
    public bool Inverted { get; init; }

    /// <summary>Who or what made the labels, such as <c>Physician</c> or <c>RNN_model</c>, or null.</summary>
    public string? LabelMethod { get; init; }

    /// <summary>Part of the published split, as the data set spells it, or null.</summary>
    public string? PublishedPart { get; init; }

    /// <summary>Where the data set itself took the image from, when it was put together from several; null elsewhere.</summary>
    public string? Origin { get; init; }

    /// <summary>Short name of the data set that the record came from; kept when sets are merged.</summary>
    public required string Source { get; init; }
}
