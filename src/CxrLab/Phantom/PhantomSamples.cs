namespace CxrLab.Phantom;

/// <summary>The small collections in <c>data/samples</c>, one for each layout: what they are drawn from, and whether they still are.</summary>
public static class PhantomSamples
{
    // Sizes are what a lecture needs: the NIH sample trains a small network, the others show a layout.
    private static readonly (string Layout, PhantomOptions Options)[] Known =
    [
        ("nih", new() { Count = 240, Seed = 2021, Size = 128 }),
        ("chexpert", Of("chexpert") with { Count = 48, Seed = 2023, Size = 128 }),
        ("mimic", Of("mimic") with { Count = 36, Seed = 2024, Size = 128 }),
        ("padchest", Of("padchest") with { Count = 36, Seed = 2025, Size = 128 }),
        ("vindr", Of("vindr") with { Count = 120, Seed = 2022, Size = 128 }),
        ("montgomery", Of("montgomery") with { Count = 24, Seed = 2026, Size = 192 }),
        ("shenzhen", Of("shenzhen") with { Count = 24, Seed = 2027, Size = 192 }),
        ("lungs", Of("lungs") with { Count = 48, Seed = 2028, Size = 128 }),
        ("covidx", Of("covidx") with { Count = 60, Seed = 2029, Size = 128 }),
        ("covidx-s", Of("covidx-s") with { Count = 48, Seed = 2030, Size = 128 }),
        ("covidx-ct", Of("covidx-ct") with { Count = 8, Seed = 2031, Size = 128 }),
        ("openi", Of("openi") with { Count = 36, Seed = 2032, Size = 128 }),
    ];

    /// <summary>Folder and options of every sample; the folder is the layout's name.</summary>
    public static IReadOnlyList<(string Layout, PhantomOptions Options)> All => Known;

    /// <summary>Draws all samples, each in its folder below <paramref name="folder"/>, over older ones.</summary>
    /// <param name="folder">Such as <c>data/samples</c>.</param>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    /// <param name="cancellationToken">Cancelling leaves the sample at work as it was.</param>
    public static void Write(string folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        for (int k = 0; k < Known.Length; k++)
        {
            (string layout, PhantomOptions options) = Known[k];
            int before = k;
            var told = progress is null ? null : new Counted(done => progress.Report((before + Math.Min(1, (double)done / options.Count)) / Known.Length));
            PhantomLayouts.ByName(layout).Write(Path.Combine(folder, layout), options with { Overwrite = true }, told, cancellationToken);
        }
    }

    /// <summary>Draws all samples into a temporary folder and compares; see <see cref="FolderComparison"/>.</summary>
    /// <returns>One line per difference; empty where every pixel and every table is as drawn.</returns>
    public static IReadOnlyList<string> Check(string folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        string fresh = Directory.CreateTempSubdirectory("cxrlab-samples-").FullName;
        try
        {
            Write(fresh, progress, cancellationToken);
            return [.. Known.SelectMany(sample => FolderComparison.Differences(Path.Combine(fresh, sample.Layout), Path.Combine(folder, sample.Layout)).Select(line => $"{sample.Layout}/{line}"))];
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private static PhantomOptions Of(string layout) => PhantomLayouts.ByName(layout).Defaults;

    private sealed class Counted(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
