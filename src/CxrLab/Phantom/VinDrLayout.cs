using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of VinDr-CXR's Kaggle table (Nguyen et al., Sci Data 2022): <c>train.csv</c> with corner boxes in pixels of the original by
/// three of five made-up readers per image, and DICOM files <c>train/*.dicom</c>, every fourth of them MONOCHROME1.
/// </summary>
public sealed class VinDrLayout : PhantomLayout
{
    private const int ReadersPerImage = 3;

    // A finding of the phantom that has no class in Kaggle's table is "Other lesion".
    private static readonly Dictionary<string, string> ClassOf = new(StringComparer.Ordinal)
    {
        [Finding.Mass] = "Nodule/Mass",
        [Finding.Nodule] = "Nodule/Mass",
        [Finding.Effusion] = "Pleural effusion",
        [Finding.Fibrosis] = "Pulmonary fibrosis",
        [Finding.PleuralThickening] = "Pleural thickening",
    };

    /// <inheritdoc/>
    public override string Name => VinDrCxr.Name;

    /// <inheritdoc/>
    public override string Title => "VinDr-CXR: DICOM, boxes by three of five readers";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { BitDepth = 12, Seed = 2022 };

    /// <inheritdoc/>
    public override bool HoldsDicom => true;

    // VinDr's films are all PA.
    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) =>
        [.. PhantomCohort.Draw(options with { Laterals = false }).Select(one => one with { View = View.PA })];

    // 32 hexadecimal digits that say nothing, as published.
    internal override string ImageName(PhantomCase one) => string.Concat(LayoutIds.Hex(one, 4));

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WriteBytes(Path.Combine(folder, "train", name + ".dicom"), LayoutDicom.Encode(image, name));

    internal override IReadOnlyList<string> Rows(PhantomOptions options, PhantomImage image, string name)
    {
        int seed = Seed.Of(image.Case.Seed, image.Case.Patient, image.Case.FollowUp, Streams.Readers);
        IEnumerable<PhantomReader> readers = PhantomReader.All.OrderBy(reader => Seed.Of(seed, reader.Name[1])).Take(ReadersPerImage).OrderBy(reader => reader.Name, StringComparer.Ordinal);
        return [.. readers.SelectMany(reader => Rows(name, reader, reader.Read(image, options.Size, seed)))];
    }

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images) =>
        LayoutFile.WriteLines(Path.Combine(folder, "train.csv"), images.SelectMany(image => image.Rows).Prepend("image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max"));

    /// <summary>The class of Kaggle's table that a finding of the phantom belongs to.</summary>
    internal static string Class(string finding) => ClassOf.TryGetValue(finding, out string? name) ? name : VinDrCxr.Kaggle14.Contains(finding) ? finding : "Other lesion";

    private static IEnumerable<string> Rows(string id, PhantomReader reader, IReadOnlyList<FindingBox> boxes) => boxes.Count == 0
        ? [$"{id},No finding,{VinDrCxr.Kaggle14.Count},{reader.Name},,,,"]
        : boxes.Select(box => string.Create(CultureInfo.InvariantCulture,
            $"{id},{Class(box.Finding)},{VinDrCxr.Kaggle14.IndexOf(Class(box.Finding))},{reader.Name},{box.Box.X:0.#},{box.Box.Y:0.#},{box.Box.Right:0.#},{box.Box.Bottom:0.#}"));
}
