using CxrLab.Data;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>A reader with a miniature tree to damage; a new data set is one more line.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Build">Writes the tree.</param>
/// <param name="Read">The reader.</param>
internal sealed record FuzzTarget(string Name, Func<Tree> Build, Func<string, ImageRule, string?, CxrIndex> Read)
{
    /// <summary>All readers.</summary>
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("nih", NihTree.Write, NihChestXray14.Read),
        new("nih8", NihTree.Write, NihChestXray8.Read),
        new("nih lists", NihTree.Write, (root, images, table) => NihChestXray14.OfficialSplit(NihChestXray14.Read(root, images, table), root).Test),
        new("chexpert", CheXpertTree.Write, CheXpert.Read),
        new("mimic", MimicTree.Write, MimicCxr.Read),
        new("mimic dicom", MimicTree.WriteDicom, MimicCxr.Read),
        new("padchest", PadChestTree.Write, PadChest.Read),
        new("rsna", RsnaTree.Write, RsnaPneumonia.Read),
        new("vindr", () => Made(VinDrFixture.Write), VinDrCxr.Read),
        new("vindr physionet", () => Made(VinDrFixture.WritePhysioNet), VinDrCxr.Read),
        new("montgomery", () => Made(MontgomeryFixture.Write), Montgomery.Read),
        new("shenzhen", () => Made(ShenzhenFixture.Write), Shenzhen.Read),
        new("lungs", () => Made(LungFixture.Write), LungSegmentation.Read),
        new("pairs", () => Made(PairsFixture.Write), MaskPairs.Read),
        new("covidx", () => Made(CovidxFixture.Write), Covidx.Read),
        new("covidx-s", () => Made(CovidxSeverityFixture.Write), CovidxSeverity.Read),
        new("covidx-ct", () => Made(CovidxCtFixture.Write), CovidxCt.Read),
        new("openi", () => Made(OpenIFixture.Write), OpenI.Read),
        new("merged", () => Made(WriteMerged), MergedTable.Read),
    ];

    private static void WriteMerged(string root)
    {
        FixtureFile.Images(root, "a.png");
        CxrIndex One(string source, char rest) => new(source, LabelSet.Nih14, Handmade.One(source, LabelSet.Nih14, rest, ("Mass", 'u')).Records.Select(record => record with { ImagePath = Path.Combine(root, "a.png") }));
        MergedTable.Write(CxrIndex.Merge("two", One("nih", 'n'), One("openi", '.')), Path.Combine(root, "merged.csv"));
    }

    private static Tree Made(Action<string> write)
    {
        var tree = new Tree();
        write(tree.Root);
        return tree;
    }
}
