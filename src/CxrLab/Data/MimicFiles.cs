namespace CxrLab.Data;

/// <summary>
/// The tree of MIMIC-CXR: <c>files/p10/p10000032/s50414267/02aa804e-….dcm</c> (or <c>.dcm.gz</c>, <c>.jpg</c>), and the report
/// <c>s50414267.txt</c> beside its study's folder. Reports may also lie in <c>mimic-cxr-reports/files</c>, as their archive unpacks.
/// </summary>
internal sealed class MimicFiles
{
    private static readonly string[] Endings = [".jpg", ".png", ".dcm", ".dcm.gz"]; // the first is the quickest to read

    private readonly Dictionary<string, (string Path, int Rank)> images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> reports = new(StringComparer.Ordinal);

    internal MimicFiles(string root)
    {
        foreach (string tree in new[] { Path.Combine(root, "files"), Path.Combine(root, "mimic-cxr-reports", "files") })
            foreach (string path in FolderListing.Files(tree, deep: true)) Add(path);
    }

    internal int ReportCount => reports.Count;

    internal string? Image(string dicom) => images.TryGetValue(dicom, out (string Path, int Rank) found) ? found.Path : null;

    internal string? Report(string study) => reports.GetValueOrDefault(study);

    private void Add(string path)
    {
        ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
        if (name is ['s', .. { Length: > 4 }] && name.EndsWith(".txt"))
        {
            reports.TryAdd(name[1..^4].ToString(), path);
            return;
        }

        for (int rank = 0; rank < Endings.Length; rank++)
        {
            if (!name.EndsWith(Endings[rank], StringComparison.Ordinal)) continue;
            string dicom = name[..^Endings[rank].Length].ToString();
            if (!images.TryGetValue(dicom, out (string Path, int Rank) known) || rank < known.Rank) images[dicom] = (path, rank);
            return;
        }
    }
}
