namespace CxrLab.Explain;

/// <summary>8-connected regions of the pixels at or above a threshold.</summary>
internal static class Regions
{
    /// <param name="values">[H, W].</param>
    /// <param name="threshold">Pixels with this value or more belong to a region.</param>
    /// <returns>Each region's box and the sum of its positive values, in reading order.</returns>
    internal static IEnumerable<(Box Box, double Evidence)> Of(float[,] values, float threshold)
    {
        bool[,] visited = new bool[values.GetLength(0), values.GetLength(1)];
        for (int y = 0; y < values.GetLength(0); y++)
            for (int x = 0; x < values.GetLength(1); x++)
                if (!visited[y, x] && values[y, x] >= threshold)
                    yield return Grow(values, threshold, visited, x, y);
    }

    private static (Box Box, double Evidence) Grow(float[,] values, float threshold, bool[,] visited, int startX, int startY)
    {
        int left = startX, right = startX, top = startY, bottom = startY;
        double evidence = 0;
        var open = new Stack<(int X, int Y)>(); // no recursion: one region can fill a 1024² map
        open.Push((startX, startY));
        visited[startY, startX] = true;
        while (open.TryPop(out (int X, int Y) at))
        {
            evidence += Math.Max(values[at.Y, at.X], 0);
            (left, right, top, bottom) = (Math.Min(left, at.X), Math.Max(right, at.X), Math.Min(top, at.Y), Math.Max(bottom, at.Y));
            for (int y = Math.Max(at.Y - 1, 0); y <= Math.Min(at.Y + 1, values.GetLength(0) - 1); y++)
            {
                for (int x = Math.Max(at.X - 1, 0); x <= Math.Min(at.X + 1, values.GetLength(1) - 1); x++)
                {
                    if (visited[y, x] || !(values[y, x] >= threshold)) continue;
                    visited[y, x] = true;
                    open.Push((x, y));
                }
            }
        }

        return (new(left, top, right - left + 1, bottom - top + 1), evidence);
    }
}
