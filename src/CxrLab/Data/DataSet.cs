namespace CxrLab.Data;

/// <summary>A data set that CxrLab reads: how, and on whose terms.</summary>
/// <param name="Name">Short name on the command line and in <see cref="CxrRecord.Source"/>.</param>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Read">Folder, whether images are required, and a table other than the default → index.</param>
public sealed record DataSet(string Name, string Title, Func<string, ImageRule, string?, CxrIndex> Read)
{
    /// <summary>Index, folder and seed → the published split; null where there is none.</summary>
    public Func<CxrIndex, string, int, PatientSplit>? OfficialSplit { get; init; }

    /// <summary>The publication to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>Address of the official place to get it.</summary>
    public required string Home { get; init; }

    /// <summary>Licence or agreement, in a few words.</summary>
    public required string Terms { get; init; }

    /// <summary>Size of the download in words, such as <c>42 GB</c>.</summary>
    public required string Size { get; init; }
}
