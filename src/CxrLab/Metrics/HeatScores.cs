namespace CxrLab.Metrics;

/// <summary>Does a heat map point where the radiologist did? Without any threshold on the map.</summary>
public static class HeatScores
{
    /// <summary>The pointing game (Zhang et al., ECCV 2016): whether the hottest cell lies in the box, widened on all sides. Of equal cells all must.</summary>
    /// <param name="heat">[H, W].</param>
    /// <param name="box">In cells of the map: cell (y, x) covers [x, x + 1) × [y, y + 1), and its centre counts.</param>
    /// <param name="tolerance">In cells.</param>
    /// <exception cref="ArgumentException">The map is empty or holds NaN.</exception>
    public static bool Points(float[,] heat, Box box, double tolerance = 0)
    {
        float top = Check(heat);
        var wide = new Box(box.X - tolerance, box.Y - tolerance, box.Width + (2 * tolerance), box.Height + (2 * tolerance));
        for (int y = 0; y < heat.GetLength(0); y++)
            for (int x = 0; x < heat.GetLength(1); x++)
                if (heat[y, x] == top && !Inside(wide, y, x)) return false;
        return true;
    }

    /// <summary>
    /// Share of the positive heat that lies in the box (Wang et al., Score-CAM, CVPR-W 2020). Cells on the edge count by the part inside. Even heat
    /// has the box's share of the area: always read it beside that.
    /// </summary>
    /// <returns>In [0, 1]; NaN where no heat is positive.</returns>
    public static double EnergyInBox(float[,] heat, Box box)
    {
        Check(heat);
        double inside = 0, all = 0;
        for (int y = 0; y < heat.GetLength(0); y++)
        {
            for (int x = 0; x < heat.GetLength(1); x++)
            {
                if (heat[y, x] <= 0) continue;
                all += heat[y, x];
                inside += heat[y, x] * new Box(x, y, 1, 1).Overlap(box);
            }
        }

        return all > 0 ? inside / all : double.NaN;
    }

    private static bool Inside(Box box, int y, int x) => x + 0.5 >= box.X && x + 0.5 < box.Right && y + 0.5 >= box.Y && y + 0.5 < box.Bottom;

    private static float Check(float[,] heat)
    {
        if (heat.Length == 0) throw new ArgumentException("The heat map has no cell.", nameof(heat));
        float top = float.NegativeInfinity;
        foreach (float value in heat) top = float.IsNaN(value) ? throw new ArgumentException("The heat map holds NaN.", nameof(heat)) : Math.Max(top, value);
        return top;
    }
}
