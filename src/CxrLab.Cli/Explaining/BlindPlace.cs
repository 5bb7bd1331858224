using CxrLab.Explain;

namespace CxrLab.Cli.Explaining;

/// <summary>
/// Answers that never look at the picture, made of the boxes of all other patients: their mean box, and the map of how often a pixel
/// was inside a box.
/// </summary>
/// <param name="boxes">Patient, finding and box, in pixels of one picture.</param>
/// <param name="side">Rows and columns of that picture.</param>
internal sealed class BlindPlace(IReadOnlyList<(string Patient, string Finding, Box Box)> boxes, int side)
{
    /// <summary>The mean box, or null where no other patient has the finding.</summary>
    internal Box? MeanBox(string patient, string finding)
    {
        Box[] others = Others(patient, finding);
        return others.Length == 0
            ? null
            : new Box(others.Average(box => box.X), others.Average(box => box.Y), others.Average(box => box.Width), others.Average(box => box.Height));
    }

    /// <summary>Share of the other patients' boxes that hold a pixel, [side, side].</summary>
    internal Heatmap Frequency(string patient, string finding)
    {
        Box[] others = Others(patient, finding);
        var values = new float[side, side];
        foreach (Box box in others) Add(values, box, 1f / others.Length);
        return new Heatmap(values, finding);
    }

    /// <summary>A map that is 1 inside the box.</summary>
    internal Heatmap Inside(Box? box, string finding)
    {
        var values = new float[side, side];
        if (box is { } one) Add(values, one, 1);
        return new Heatmap(values, finding);
    }

    private Box[] Others(string patient, string finding) => [.. boxes.Where(box => box.Finding == finding && box.Patient != patient).Select(box => box.Box)];

    private void Add(float[,] values, Box box, float amount)
    {
        for (int y = Math.Max(0, (int)Math.Round(box.Y)); y < Math.Min(side, Math.Round(box.Bottom)); y++)
            for (int x = Math.Max(0, (int)Math.Round(box.X)); x < Math.Min(side, Math.Round(box.Right)); x++) values[y, x] += amount;
    }
}
