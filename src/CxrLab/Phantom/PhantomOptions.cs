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

    /// <summary>Share of images with each finding; findings that aren't named keep <see cref="Findings.DefaultPrevalence"/>.</summary>
    public IReadOnlyDictionary<string, double> Prevalence { get; init; } = new Dictionary<string, double>();

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
        if (Workers < 0) throw new ArgumentException($"The number of workers can't be negative; got {Workers}.", nameof(Workers));
        foreach ((string name, double share) in Prevalence)
        {
            Findings.Named(name);
            if (!(share is >= 0 and <= 0.9)) throw new ArgumentException($"A prevalence lies between 0 and 0.9; {name} has {share}.", nameof(Prevalence));
        }
    }
}
