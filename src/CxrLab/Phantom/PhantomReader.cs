namespace CxrLab.Phantom;

/// <summary>A made-up radiologist with habits: what he overlooks, how generously he draws, what he sees that isn't there.</summary>
/// <param name="Name">Such as <c>R8</c>.</param>
/// <param name="Miss">Chance that he overlooks a finding of severity 0; it falls to a fifth of that at severity 1.</param>
/// <param name="Grow">Factor on the sides of his boxes; above 1 he draws generously.</param>
/// <param name="Jitter">Standard deviation of each edge, as a share of the box's side.</param>
/// <param name="FalseAlarm">Chance that he marks a nodule that isn't there.</param>
public sealed record PhantomReader(string Name, double Miss, double Grow, double Jitter, double FalseAlarm)
{
    /// <summary>Five readers: careful, generous, tight, hasty and anxious.</summary>
    public static IReadOnlyList<PhantomReader> All { get; } =
    [
        new("R1", Miss: 0.05, Grow: 1.0, Jitter: 0.03, FalseAlarm: 0.01),
        new("R2", Miss: 0.10, Grow: 1.35, Jitter: 0.08, FalseAlarm: 0.02),
        new("R3", Miss: 0.15, Grow: 0.75, Jitter: 0.05, FalseAlarm: 0.01),
        new("R4", Miss: 0.60, Grow: 1.0, Jitter: 0.15, FalseAlarm: 0.00),
        new("R5", Miss: 0.05, Grow: 1.1, Jitter: 0.08, FalseAlarm: 0.25),
    ];

    /// <summary>The boxes that the reader draws, in pixels of the image; none where he sees nothing.</summary>
    /// <param name="image">The image with its known findings.</param>
    /// <param name="size">Its rows and columns; boxes stay inside.</param>
    /// <param name="seed">The same seed gives the same reading.</param>
    public IReadOnlyList<FindingBox> Read(PhantomImage image, int size, int seed)
    {
        Random random = Seed.Random(seed, Name.Aggregate(0L, (sum, letter) => (31 * sum) + letter));
        var boxes = new List<FindingBox>();
        foreach (PlantedFinding finding in image.Findings.Where(finding => finding.Mask.Area > 0))
            if (random.NextDouble() >= Miss * (1 - (0.8 * finding.Severity))) boxes.Add(new FindingBox(finding.Name, Draw(finding.Box, size, random), Name));
        if (random.NextDouble() < FalseAlarm)
        {
            double side = size / 12.0;
            boxes.Add(new FindingBox(Finding.Nodule, Draw(new Box(size * (0.2 + (0.55 * random.NextDouble())), size * (0.2 + (0.4 * random.NextDouble())), side, side), size, random), Name));
        }

        return boxes;
    }

    // Every edge moves on its own, but a box keeps at least two pixels and stays in the picture.
    private Box Draw(Box box, int size, Random random)
    {
        double Edge(double middle, double half) => Math.Round(Math.Clamp(middle + (half * Grow) + (2 * Math.Abs(half) * Jitter * Exact.Gaussian(random)), 0, size), 1);
        double x = box.X + (box.Width / 2), y = box.Y + (box.Height / 2);
        double left = Math.Min(Edge(x, -box.Width / 2), size - 2), top = Math.Min(Edge(y, -box.Height / 2), size - 2);
        double right = Math.Max(Edge(x, box.Width / 2), left + 2), bottom = Math.Max(Edge(y, box.Height / 2), top + 2);
        return new Box(left, top, right - left, bottom - top);
    }
}
