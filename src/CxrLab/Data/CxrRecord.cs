namespace CxrLab.Data;

/// <summary>One image of a data set, with all that its table says about it.</summary>
public sealed record CxrRecord
{
    /// <summary>The image's name in its data set, unique there, such as <c>00000001_000.png</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>The patient; splits keep all images of a patient together.</summary>
    public required string PatientId { get; init; }

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

    /// <summary>Short name of the data set that the record came from; kept when sets are merged.</summary>
    public required string Source { get; init; }
}
