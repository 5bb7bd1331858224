namespace CxrLab.Phantom;

/// <summary>
/// A bent tube: a polyline in patient mm, projected and rasterised by the distance of every near pixel to it, so that joints of the
/// polyline are never counted twice. Where it runs along the ray, the ray crosses more of it.
/// </summary>
internal sealed class Tube(Field field)
{
    private readonly List<(float H, float V)> points = [];
    private readonly List<(float X, float Y, float Z)> body = [];

    /// <summary>Cuts the tube off square at both ends instead of rounding them, so that it goes on in the next one without a knot.</summary>
    public bool SquareEnds { get; init; }

    /// <summary>Appends points.</summary>
    public void Through(params ReadOnlySpan<(float X, float Y, float Z)> line)
    {
        foreach (var point in line)
        {
            body.Add(point);
            points.Add(field.Project(point.X, point.Y, point.Z));
        }
    }

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
        const float core = 0.74f; // share of dense bone's attenuation that the core lacks
        Draw(plane, radius, weight, (d, r) =>
        {
            float inner = Math.Max(r - wall, 0.1f);
            float outside = Profile.Chord(d * d / (r * r)), inside = Profile.Chord(d * d / (inner * inner));
            return 2 * depth * perMm * (outside - core * inside * inner / r);
        });
    }

    /// <summary>1 / sine of the angle between each piece and the ray, at most 2.</summary>
    public float[] Obliquity()
    {
        float[] lengthening = new float[points.Count];
        for (int k = 0; k < lengthening.Length; k++)
        {
            var (a, b) = (body[Math.Max(k - 1, 0)], body[Math.Min(k + 1, body.Count - 1)]);
            float dx = b.X - a.X, dy = b.Y - a.Y, dz = b.Z - a.Z, along = field.IsLateral ? dx : dz;
            float whole = Math.Max(dx * dx + dy * dy + dz * dz, 1e-6f), across = MathF.Sqrt(Math.Max(1 - along * along / whole, 0));
            lengthening[k] = 1 / Math.Max(across, 0.5f);
        }

        return lengthening;
    }

    private void Draw(float[] plane, float radius, Func<float, float> weight, Func<float, float, float> profile)
    {
        // A tube thinner than a pixel is drawn one pixel wide and proportionally fainter.
        float drawn = Math.Max(radius, 0.6f * field.MmPerPixel), fade = radius / drawn;
        float loH = points.Min(p => p.H), hiH = points.Max(p => p.H), loV = points.Min(p => p.V), hiV = points.Max(p => p.V);
        (int left, int top, int right, int bottom) = field.Around(loH, loV, hiH, hiV, drawn * 1.2f);
        (int width, int height) = (right - left, bottom - top);
        if (width <= 0 || height <= 0) return;
        float[] nearest = new float[width * height], along = new float[width * height];
        Array.Fill(nearest, float.MaxValue);
        for (int s = 0; s + 1 < points.Count; s++)
        {
            (float ah, float av) = points[s];
            float dh = points[s + 1].H - ah, dv = points[s + 1].V - av, length2 = Math.Max(dh * dh + dv * dv, 1e-6f);
            (int l, int t, int r, int b) = field.Around(ah, av, ah + dh, av + dv, drawn);
            for (int row = Math.Max(t, top); row < Math.Min(b, bottom); row++)
            {
                for (int column = Math.Max(l, left); column < Math.Min(r, right); column++)
                {
                    int pixel = row * field.Size + column, cell = (row - top) * width + column - left;
                    float ph = field.H[pixel] - ah, pv = field.V[pixel] - av;
                    float at = (ph * dh + pv * dv) / length2;
                    bool beyond = SquareEnds && ((s == 0 && at < 0) || (s + 2 == points.Count && at > 1));
                    at = Math.Clamp(at, 0, 1);
                    float eh = ph - at * dh, ev = pv - at * dv, distance2 = eh * eh + ev * ev;
                    if (distance2 >= nearest[cell]) continue;
                    nearest[cell] = distance2;
                    along[cell] = beyond ? -1 : (s + at) / (points.Count - 1);
                }
            }
        }

        for (int cell = 0; cell < nearest.Length; cell++)
        {
            if (nearest[cell] >= drawn * drawn || along[cell] < 0) continue;
            int pixel = (top + cell / width) * field.Size + left + cell % width;
            plane[pixel] += fade * weight(along[cell]) * profile(MathF.Sqrt(nearest[cell]), drawn);
        }
    }
}
