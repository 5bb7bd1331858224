namespace CxrLab.Phantom;

/// <summary>
/// A bent tube seen from the side: a polyline in patient mm, rasterised by the distance of every near pixel to it, so that joints
/// of the polyline are never counted twice.
/// </summary>
internal sealed class Tube(Field field)
{
    private readonly List<(float X, float Y)> points = [];

    /// <summary>Appends points.</summary>
    public void Through(params ReadOnlySpan<(float X, float Y)> line) => points.AddRange(line);

    /// <summary>Adds a solid tube of elliptic section.</summary>
    /// <param name="plane">[H·W], changed.</param>
    /// <param name="radius">Half the width in the picture, mm.</param>
    /// <param name="depth">Half the extent along the ray, mm.</param>
    /// <param name="perMm">Attenuation per mm; negative carves.</param>
    /// <param name="weight">Of the position along the line, 0 at its start and 1 at its end.</param>
    public void AddSolid(float[] plane, float radius, float depth, float perMm, Func<float, float> weight) =>
        Draw(plane, radius, weight, (d, r) => 2 * depth * perMm * Profile.Chord(d * d / (r * r)));

    /// <summary>Adds a tube with a dense wall and a spongy core, as bones are: its borders shine.</summary>
    /// <param name="plane">[H·W], changed.</param>
    /// <param name="radius">Half the width in the picture, mm.</param>
    /// <param name="wall">Thickness of the dense wall, mm.</param>
    /// <param name="depth">Half the extent along the ray, mm.</param>
    /// <param name="perMm">Attenuation per mm of dense bone.</param>
    /// <param name="weight">Of the position along the line, 0 at its start and 1 at its end.</param>
    public void AddHollow(float[] plane, float radius, float wall, float depth, float perMm, Func<float, float> weight)
    {
        const float core = 0.78f; // share of dense bone's attenuation that the core lacks
        Draw(plane, radius, weight, (d, r) =>
        {
            float inner = Math.Max(r - wall, 0.1f);
            float outside = Profile.Chord(d * d / (r * r)), inside = Profile.Chord(d * d / (inner * inner));
            return 2 * depth * perMm * (outside - core * inside * inner / r);
        });
    }

    private void Draw(float[] plane, float radius, Func<float, float> weight, Func<float, float, float> profile)
    {
        // A tube thinner than a pixel is drawn one pixel wide and proportionally fainter.
        float drawn = Math.Max(radius, 0.6f * field.MmPerPixel), fade = radius / drawn;
        float loX = points.Min(p => p.X), hiX = points.Max(p => p.X), loY = points.Min(p => p.Y), hiY = points.Max(p => p.Y);
        (int left, int top, int right, int bottom) = field.Around(loX, loY, hiX, hiY, drawn * 1.2f + 0.04f * Math.Max(hiX - loX, hiY - loY));
        (int width, int height) = (right - left, bottom - top);
        if (width <= 0 || height <= 0) return;
        float[] nearest = new float[width * height], along = new float[width * height];
        Array.Fill(nearest, float.MaxValue);
        for (int s = 0; s + 1 < points.Count; s++)
        {
            (float ax, float ay) = points[s];
            float dx = points[s + 1].X - ax, dy = points[s + 1].Y - ay, length2 = Math.Max(dx * dx + dy * dy, 1e-6f);
            (int l, int t, int r, int b) = field.Around(ax, ay, ax + dx, ay + dy, drawn);
            for (int row = Math.Max(t, top); row < Math.Min(b, bottom); row++)
            {
                for (int column = Math.Max(l, left); column < Math.Min(r, right); column++)
                {
                    int pixel = row * field.Size + column, cell = (row - top) * width + column - left;
                    float px = field.X[pixel] - ax, py = field.Y[pixel] - ay;
                    float at = Math.Clamp((px * dx + py * dy) / length2, 0, 1);
                    float ex = px - at * dx, ey = py - at * dy, distance2 = ex * ex + ey * ey;
                    if (distance2 >= nearest[cell]) continue;
                    nearest[cell] = distance2;
                    along[cell] = (s + at) / (points.Count - 1);
                }
            }
        }

        for (int cell = 0; cell < nearest.Length; cell++)
        {
            if (nearest[cell] >= drawn * drawn) continue;
            int pixel = (top + cell / width) * field.Size + left + cell % width;
            plane[pixel] += fade * weight(along[cell]) * profile(MathF.Sqrt(nearest[cell]), drawn);
        }
    }
}
