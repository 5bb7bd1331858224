namespace CxrLab.Data;

/// <summary>A data set that CxrLab reads.</summary>
/// <param name="Name">Short name on the command line.</param>
/// <param name="Title">What it is.</param>
/// <param name="Read">Folder, whether images are required, and a table other than the default → index.</param>
/// <param name="OfficialSplit">Index, folder and seed → the published split; null where there is none.</param>
public sealed record DataSet(string Name, string Title, Func<string, ImageRule, string?, CxrIndex> Read, Func<CxrIndex, string, int, PatientSplit>? OfficialSplit);

/// <summary>Data sets by name; a new one is a new file and one line here.</summary>
public static class DataSets
{
    /// <summary>All data sets.</summary>
    public static IReadOnlyList<DataSet> All { get; } =
    [
        new(NihChestXray14.Name, "NIH ChestX-ray14 (Wang et al., CVPR 2017): 112,120 frontal X-rays, 14 findings mined from reports, 984 boxes",
            NihChestXray14.Read, (index, root, seed) => NihChestXray14.OfficialSplit(index, root, seed)),
    ];

    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static DataSet ByName(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no data set '{name}'; there are: {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));
}
