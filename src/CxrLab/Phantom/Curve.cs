namespace CxrLab.Phantom;

/// <summary>Smooth curves through a few points of the patient.</summary>
internal static class Curve
{
    /// <summary>A Catmull–Rom spline through <paramref name="points"/>, sampled <paramref name="steps"/> times per span.</summary>
    public static (float X, float Y, float Z)[] Through((float X, float Y, float Z)[] points, int steps)
    {
        var line = new List<(float X, float Y, float Z)> { points[0] };
        for (int span = 0; span + 1 < points.Length; span++)
        {
            var (a, b, c, d) = (points[Math.Max(span - 1, 0)], points[span], points[span + 1], points[Math.Min(span + 2, points.Length - 1)]);
            for (int k = 1; k <= steps; k++)
            {
                float t = (float)k / steps;
                line.Add((Blend(a.X, b.X, c.X, d.X, t), Blend(a.Y, b.Y, c.Y, d.Y, t), Blend(a.Z, b.Z, c.Z, d.Z, t)));
            }
        }

        return [.. line];
    }

    private static float Blend(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
