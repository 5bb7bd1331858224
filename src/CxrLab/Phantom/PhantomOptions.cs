namespace CxrLab.Phantom;

/// <summary>What a synthetic collection is drawn from; equal options give equal pixels and tables.</summary>
public sealed record PhantomOptions
{
    /// <summary>Number of images.</summary>
    public int Count { get; init; } = 240;

    /// <summary>Seed of the whole collection.</summary>
    public int Seed { get; init; } = 2021;

    /// <summary>Rows and columns of every image, from <see cref="ChestPhantom.MinSize"/> to <see cref="ChestPhantom.MaxSize"/>.</summary>
    public int Size { get; init; } = 128;

    /// <summary>0: findings cast strong shadows; 1: they are nearly lost in the anatomy.</summary>
    public double Difficulty { get; init; } = 0.5;

    /// <summary>Grey levels of the pixels: 8, 12 or 16 bits.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>Share of visits with each finding; findings that aren't named keep <see cref="Findings.DefaultPrevalence"/>.</summary>
    public IReadOnlyDictionary<string, double> Prevalence { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether every frontal image is followed by a lateral one of the same visit; both count.</summary>
    public bool Laterals { get; init; }

    /// <summary>Whether findings of a patient who comes again grow or shrink steadily from visit to visit.</summary>
    public bool Progression { get; init; }

    /// <summary>Tell-tale marks to plant on the images.</summary>
    public PhantomShortcut Shortcuts { get; init; }

    /// <summary>The finding that the marks go with; null for any finding at all.</summary>
    public string? ShortcutFinding { get; init; }

    /// <summary>Chance of a mark on an image with the finding; without it the chance is one minus this, so 0.5 tells nothing.</summary>
    public double ShortcutStrength { get; init; } = 0.9;

    /// <summary>Share of labels that say the opposite of the truth, from 0 to 0.5.</summary>
    public double LabelNoise { get; init; }

    /// <summary>Share of present findings, and a third of it of absent ones, that table and report only suspect.</summary>
    public double UncertaintyRate { get; init; }

    /// <summary>Share of absent findings of which the table says nothing, as report labelers leave blank what isn't mentioned.</summary>
    public double MissingRate { get; init; }

    /// <summary>Strength of a planted misalignment, 0 none to 1; see <see cref="PhantomCase.Misaligned"/>.</summary>
    public double Misalignment { get; init; }

    /// <summary>DICOM files where a layout has the choice.</summary>
    public bool Dicom { get; init; }

    /// <summary>Images drawn at a time; 0 for one per processor. Changes nothing but the time it takes.</summary>
    public int Workers { get; init; }

    /// <summary>Whether an earlier phantom collection in the target folder may be replaced.</summary>
    public bool Overwrite { get; init; }

    internal double PrevalenceOf(IPlantedFinding finding) => Prevalence.TryGetValue(finding.Name, out double share) ? share : finding.Prevalence;

    internal void Check()
    {
        if (Count is < 1 or > 1_000_000) throw new ArgumentException($"Between 1 and 1,000,000 images can be drawn; got {Count}.", nameof(Count));
        if (Size is < ChestPhantom.MinSize or > ChestPhantom.MaxSize)
            throw new ArgumentException($"The phantom is drawn at {ChestPhantom.MinSize} to {ChestPhantom.MaxSize} pixels a side; got {Size}.", nameof(Size));
        if (!(Difficulty is >= 0 and <= 1)) throw new ArgumentException($"Difficulty runs from 0 (plain) to 1 (nearly invisible); got {Difficulty}.", nameof(Difficulty));
        if (BitDepth is not (8 or 12 or 16)) throw new ArgumentException($"Images have 8, 12 or 16 bits; got {BitDepth}.", nameof(BitDepth));
        if (Workers < 0) throw new ArgumentException($"The number of workers can't be negative; got {Workers}.", nameof(Workers));
        if (ShortcutFinding is not null) Findings.Named(ShortcutFinding);
        Share(ShortcutStrength, 1, nameof(ShortcutStrength));
        Share(LabelNoise, 0.5, nameof(LabelNoise));
        Share(UncertaintyRate, 1, nameof(UncertaintyRate));
        Share(MissingRate, 1, nameof(MissingRate));
        Share(Misalignment, 1, nameof(Misalignment));
        foreach ((string name, double share) in Prevalence)
        {
            Findings.Named(name);
            if (!(share is >= 0 and <= 0.9)) throw new ArgumentException($"A prevalence lies between 0 and 0.9; {name} has {share}.", nameof(Prevalence));
        }
    }

    private static void Share(double value, double most, string name)
    {
        if (!(value >= 0 && value <= most)) throw new ArgumentException($"{name} lies between 0 and {most}; got {value}.", name);
    }
}
