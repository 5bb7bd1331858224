namespace CxrLab.Data;

/// <summary>Data sets by name; a new one is a new file and one line here.</summary>
public static class DataSets
{
    /// <summary>All data sets.</summary>
    public static IReadOnlyList<DataSet> All { get; } =
    [
        NihChestXray14.Entry,
        NihChestXray8.Entry,
        CheXpert.Entry,
        MimicCxr.Entry,
        PadChest.Entry,
        RsnaPneumonia.Entry,
        VinDrCxr.Entry,
        Montgomery.Entry,
        Shenzhen.Entry,
        LungSegmentation.Entry,
        MaskPairs.Entry,
        Covidx.Entry,
        CovidxSeverity.Entry,
        CovidxCt.Entry,
        OpenI.Entry,
        MergedTable.Entry,
    ];

    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static DataSet ByName(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no data set '{name}'; there are: {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));
}
