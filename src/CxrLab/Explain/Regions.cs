namespace CxrLab.Explain;

/// <summary>8-connected regions of marked pixels.</summary>
internal static class Regions
{
    /// <param name="values">[H, W].</param>
    /// <param name="marked">[H, W].</param>
    /// <returns>Each region's box, its number of pixels and the sum of its positive values, in reading order.</returns>
    internal static IEnumerable<(Box Box, int Pixels, double Evidence)> Of(float[,] values, bool[,] marked)
    {
        bool[,] open = (bool[,])marked.Clone();
        for (int y = 0; y < values.GetLength(0); y++)
            for (int x = 0; x < values.GetLength(1); x++)
                if (open[y, x]) yield return Grow(values, open, x, y);
    }

    private static (Box Box, int Pixels, double Evidence) Grow(float[,] values, bool[,] open, int startX, int startY)
    {
        int left = startX, right = startX, top = startY, bottom = startY, pixels = 0;
        double evidence = 0;
        var next = new Stack<(int X, int Y)>(); // no recursion: one region can fill a 1024² map
        next.Push((startX, startY));
        open[startY, startX] = false;
        while (next.TryPop(out (int X, int Y) at))
        {
            pixels++;
            evidence += Math.Max(values[at.Y, at.X], 0);
            (left, right, top, bottom) = (Math.Min(left, at.X), Math.Max(right, at.X), Math.Min(top, at.Y), Math.Max(bottom, at.Y));
            for (int y = Math.Max(at.Y - 1, 0); y <= Math.Min(at.Y + 1, values.GetLength(0) - 1); y++)
            {
                for (int x = Math.Max(at.X - 1, 0); x <= Math.Min(at.X + 1, values.GetLength(1) - 1); x++)
                {
                    if (!open[y, x]) continue;
                    open[y, x] = false;
                    next.Push((x, y));
                }
            }
        }

        return (new(left, top, right - left + 1, bottom - top + 1), pixels, evidence);
    }
}
