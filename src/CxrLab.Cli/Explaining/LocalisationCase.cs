using CxrLab.Explain;

namespace CxrLab.Cli.Explaining;

/// <summary>How one answer on where a finding is compares with the readers' boxes. All boxes in pixels of one picture.</summary>
/// <param name="Patient">For the interval.</param>
/// <param name="Finding">Name of the finding.</param>
/// <param name="IoUs">For each reader's box the best IoU that a found box has with it.</param>
/// <param name="IoBBs">For each reader's box the best share of a found box that lies in it.</param>
/// <param name="Pointing">Whether the hottest pixel lies in a reader's box.</param>
/// <param name="Energy">Share of the positive heat inside the readers' boxes.</param>
/// <param name="EvenHeat">Share of the picture inside the readers' boxes: the energy that evenly spread heat would have there, and the chance that a random pixel hits.</param>
/// <param name="FalseBoxes">Found boxes that no reader's box overlaps by an IoU above 0.1.</param>
internal sealed record LocalisationCase(
    string Patient, string Finding, IReadOnlyList<double> IoUs, IReadOnlyList<double> IoBBs, bool Pointing, double Energy, double EvenHeat, int FalseBoxes)
{
    internal static LocalisationCase Of(string patient, Heatmap heat, IReadOnlyList<Box> found, IReadOnlyList<Box> truth)
    {
        (int x, int y, _) = heat.Peak;
        return new(
            patient, heat.Finding,
            [.. truth.Select(box => found.Select(one => one.IoU(box)).DefaultIfEmpty(0).Max())],
            [.. truth.Select(box => found.Select(one => one.IoBB(box)).DefaultIfEmpty(0).Max())],
            truth.Any(box => Holds(box, x, y)),
            EnergyIn(heat.Values, truth),
            EnergyIn(Even(heat), truth),
            found.Count(one => truth.All(box => one.IoU(box) <= 0.1)));
    }

    private static bool Holds(Box box, int x, int y) => x + 0.5 >= box.X && x + 0.5 < box.Right && y + 0.5 >= box.Y && y + 0.5 < box.Bottom;

    private static float[,] Even(Heatmap heat)
    {
        var values = new float[heat.Height, heat.Width];
        for (int y = 0; y < heat.Height; y++)
            for (int x = 0; x < heat.Width; x++) values[y, x] = 1;
        return values;
    }

    // Boxes of two readers may overlap; a pixel counts once.
    private static double EnergyIn(float[,] heat, IReadOnlyList<Box> boxes)
    {
        double inside = 0, all = 0;
        for (int y = 0; y < heat.GetLength(0); y++)
        {
            for (int x = 0; x < heat.GetLength(1); x++)
            {
                double energy = Math.Max(heat[y, x], 0);
                all += energy;
                if (energy > 0 && boxes.Any(box => Holds(box, x, y))) inside += energy;
            }
        }

        return all > 0 ? inside / all : 0;
    }
}
