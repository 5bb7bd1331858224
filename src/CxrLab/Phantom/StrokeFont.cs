namespace CxrLab.Phantom;

/// <summary>The few letters that lead markers need, as strokes on a grid 4 wide and 6 high.</summary>
internal static class StrokeFont
{
    private static readonly Dictionary<char, (float X, float Y)[][]> Letters = new()
    {
        ['L'] = [[(0, 0), (0, 6), (4, 6)]],
        ['R'] = [[(0, 6), (0, 0), (2.6f, 0), (4, 0.9f), (4, 2.1f), (2.6f, 3), (0, 3)], [(2, 3), (4, 6)]],
        ['A'] = [[(0, 6), (2, 0), (4, 6)], [(0.8f, 3.8f), (3.2f, 3.8f)]],
        ['P'] = [[(0, 6), (0, 0), (2.6f, 0), (4, 0.9f), (4, 2.3f), (2.6f, 3.2f), (0, 3.2f)]],
        ['C'] = [[(4, 0.8f), (2.8f, 0), (1.2f, 0), (0, 1.5f), (0, 4.5f), (1.2f, 6), (2.8f, 6), (4, 5.2f)]],
        ['M'] = [[(0, 6), (0, 0), (2, 3.2f), (4, 0), (4, 6)]],
        ['J'] = [[(3.2f, 0), (3.2f, 4.8f), (2.2f, 6), (1, 6), (0, 5)]],
        ['K'] = [[(0, 0), (0, 6)], [(4, 0), (0, 3.4f)], [(1.2f, 2.6f), (4, 6)]],
        ['T'] = [[(0, 0), (4, 0)], [(2, 0), (2, 6)]],
        ['O'] = [[(2, 0), (3.4f, 0.8f), (4, 3), (3.4f, 5.2f), (2, 6), (0.6f, 5.2f), (0, 3), (0.6f, 0.8f), (2, 0)]],
        ['+'] = [[(2, 1), (2, 5)], [(0, 3), (4, 3)]],
    };

    /// <summary>Paints a text over a picture.</summary>
    /// <param name="image">[H·W], changed.</param>
    /// <param name="size">H = W.</param>
    /// <param name="text">Known letters only.</param>
    /// <param name="x">Middle, in shares of the side.</param>
    /// <param name="y">Middle, in shares of the side.</param>
    /// <param name="height">Of a letter, in shares of the side.</param>
    /// <param name="turn">Clockwise, radians.</param>
    /// <param name="grey">0 black to 1 white.</param>
    /// <param name="ring">Radius of a ring around it in letter heights; 0 for none.</param>
    public static void Paint(float[] image, int size, string text, float x, float y, float height, float turn, float grey, float ring = 0)
    {
        float unit = height * size / 6, pen = Math.Max(0.5f * unit, 0.55f), wide = (5.4f * text.Length - 1.4f) * unit;
        float reach = (0.5f * MathF.Sqrt(wide * wide + 36 * unit * unit)) + Math.Max(0, ring * 6 * unit) + 2;
        (float cos, float sin) = (Exact.Cos(turn), Exact.Sin(turn));
        (float cx, float cy) = (x * size, y * size);
        for (int row = Math.Max(0, (int)(cy - reach)); row < Math.Min(size, (int)(cy + reach) + 1); row++)
        {
            for (int column = Math.Max(0, (int)(cx - reach)); column < Math.Min(size, (int)(cx + reach) + 1); column++)
            {
                float dx = column + 0.5f - cx, dy = row + 0.5f - cy, px = dx * cos + dy * sin, py = -dx * sin + dy * cos;
                float distance = ring > 0 ? Math.Abs(MathF.Sqrt(px * px + py * py) - ring * 6 * unit) : float.MaxValue;
                for (int k = 0; k < text.Length; k++) distance = Math.Min(distance, Distance(Letters[text[k]], (px + 0.5f * wide) / unit - 5.4f * k, py / unit + 3) * unit);
                float ink = 1 - Profile.Smooth(pen - 0.6f, pen + 0.6f, distance);
                int i = row * size + column;
                image[i] += ink * (grey - image[i]);
            }
        }
    }

    private static float Distance((float X, float Y)[][] strokes, float x, float y)
    {
        float nearest = float.MaxValue;
        foreach ((float X, float Y)[] stroke in strokes)
        {
            for (int k = 0; k + 1 < stroke.Length; k++)
            {
                (float ax, float ay) = stroke[k];
                float dx = stroke[k + 1].X - ax, dy = stroke[k + 1].Y - ay, t = Math.Clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0, 1);
                float ex = x - ax - t * dx, ey = y - ay - t * dy;
                nearest = Math.Min(nearest, ex * ex + ey * ey);
            }
        }

        return MathF.Sqrt(nearest);
    }
}
