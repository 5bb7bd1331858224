using System.Runtime.ExceptionServices;

namespace CxrLab.Phantom;

/// <summary>Renders a layout's cases in parallel, lets the layout save each image and writes the masks; any number of workers gives the same files.</summary>
internal sealed class LayoutDrawing(PhantomLayout layout, string folder, PhantomOptions options)
{
    internal IReadOnlyList<DrawnImage> Draw(IReadOnlyList<PhantomCase> cases, IProgress<int>? progress, CancellationToken cancellation)
    {
        var drawn = new DrawnImage[cases.Count];
        int done = 0;
        ForEach(cases.Count, options, k =>
        {
            PhantomImage image = ChestPhantom.Render(cases[k], options.Size, options.Difficulty, options.BitDepth);
            string name = layout.ImageName(cases[k]);
            layout.Save(folder, options, image, name);
            drawn[k] = new DrawnImage(name, image, layout.Rows(options, image, name));
            Mask(Lungs(image), name, "lungs");
            Mask(image.Heart, name, "heart");
            foreach (PlantedFinding finding in image.Findings.Where(finding => finding.IsVisible)) Mask(finding.Mask, name, finding.Name);
            progress?.Report(Interlocked.Increment(ref done));
        }, cancellation);
        return drawn;
    }

    /// <summary>Both lungs in one mask.</summary>
    internal static PhantomMask Lungs(PhantomImage image) => new(image.LeftLung.Size, i => image.LeftLung.Pixels[i] || image.RightLung.Pixels[i]);

    /// <summary>Runs the work for 0 … count - 1 on as many workers as the options allow.</summary>
    internal static void ForEach(int count, PhantomOptions options, Action<int> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Workers == 0 ? Environment.ProcessorCount : options.Workers }, work);
        }
        catch (AggregateException error)
        {
            // A full disk is a full disk, whichever worker met it.
            ExceptionDispatchInfo.Capture(error.InnerExceptions[0]).Throw();
        }
    }

    private void Mask(PhantomMask mask, string name, string what)
    {
        if (mask.Area > 0) LayoutFile.WritePng(Path.Combine(folder, PhantomFolder.Truth, "masks", DrawnImage.MaskName(name, what)), mask.ToImage());
    }
}
