namespace CxrLab.Phantom;

/// <summary>
/// The on-disk layout of one public data set, filled with synthetic patients: folders, names and tables are those of the publication, so
/// the data set's own reader reads them. What the layout can't hold stands in <c>truth/truth.json</c> and <c>truth/masks/</c> beside it.
/// One layout is one class in one file, and one line in <see cref="PhantomLayouts"/>.
/// </summary>
public abstract class PhantomLayout
{
    /// <summary>The data set's short name, as in <see cref="CxrLab.Data.DataSets"/>.</summary>
    public abstract string Name { get; }

    /// <summary>One line on what it holds.</summary>
    public abstract string Title { get; }

    /// <summary>Options that suit the layout: bits of its files, lateral views, doubt in its labels.</summary>
    public virtual PhantomOptions Defaults => new();

    /// <summary>Whether its images can be DICOM files, on request or always.</summary>
    public virtual bool HoldsDicom => false;

    /// <summary>Whether its images can have 16 bits.</summary>
    public virtual bool HoldsSixteenBits => true;

    /// <summary>Draws a collection into a temporary folder beside <paramref name="root"/> and moves it there when it is complete.</summary>
    /// <param name="root">New or empty folder; a full one only if it holds a phantom and the options allow it to be overwritten.</param>
    /// <param name="options">What to draw; start from <see cref="Defaults"/>.</param>
    /// <param name="progress">Told how many images are done.</param>
    /// <param name="cancellationToken">Cancelling leaves nothing behind.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the layout has no place for what it asks.</exception>
    /// <exception cref="IOException">The folder holds something that may not be replaced.</exception>
    public void Write(string root, PhantomOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.Dicom && !HoldsDicom) throw new ArgumentException($"The layout {Name} has no DICOM files; {Names(layout => layout.HoldsDicom)} have.", nameof(options));
        if (options.BitDepth == 16 && !HoldsSixteenBits) throw new ArgumentException($"The layout {Name} has 8-bit JPEG files; 16 bits fit into {Names(layout => layout.HoldsSixteenBits)}.", nameof(options));
        PhantomFolder.Write(root, options.Overwrite, folder => Fill(folder, options, progress, cancellationToken), cancellationToken);
    }

    internal virtual void Fill(string folder, PhantomOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<DrawnImage> images = new LayoutDrawing(this, folder, options).Draw(Cases(options), progress, cancellation);
        WriteTables(folder, options, images);
        PhantomTruth.Write(folder, Name, options, images);
    }

    /// <summary>Whom to draw.</summary>
    internal virtual IReadOnlyList<PhantomCase> Cases(PhantomOptions options) => PhantomCohort.Draw(options);

    /// <summary>A unique name for truth and masks: the image's file name, without its extension.</summary>
    internal abstract string ImageName(PhantomCase one);

    /// <summary>Puts the image where the layout wants it.</summary>
    internal abstract void Save(string folder, PhantomOptions options, PhantomImage image, string name);

    /// <summary>Table rows that need the image's pixels or masks; asked for right after <see cref="Save"/>.</summary>
    internal virtual IReadOnlyList<string> Rows(PhantomOptions options, PhantomImage image, string name) => [];

    /// <summary>Writes the tables once all images are drawn.</summary>
    internal abstract void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images);

    private static string Names(Func<PhantomLayout, bool> which) => string.Join(", ", PhantomLayouts.All.Where(which).Select(layout => layout.Name));
}
