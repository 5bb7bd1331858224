namespace CxrLab.Phantom;

/// <summary>A ball, egg or lobed lump of tissue in the lung.</summary>
internal static class RoundOpacity
{
    /// <summary>Displaces lung by the lump.</summary>
    /// <param name="scene">Changed.</param>
    /// <param name="x">Centre, mm.</param>
    /// <param name="y">Centre, mm.</param>
    /// <param name="radius">Mean radius, mm.</param>
    /// <param name="oval">Ratio of the axes.</param>
    /// <param name="turn">Of the long axis, radians.</param>
    /// <param name="lobes">How far the border strays from an ellipse, as a share of the radius.</param>
    /// <param name="depth">Greatest extent along the ray, mm.</param>
    /// <param name="seed">Of the border.</param>
    /// <returns>Coverage [H·W].</returns>
    public static float[] Add(Scene scene, float x, float y, float radius, float oval, float turn, float lobes, float depth, int seed)
    {
        var border = new ValueNoise(seed);
        (float cos, float sin) = (MathF.Cos(turn), MathF.Sin(turn));
        float wide = radius * MathF.Sqrt(oval), high = radius / MathF.Sqrt(oval);
        float[] coverage = new float[scene.LungDepth.Length];
        Field field = scene.Field;
        (int left, int top, int right, int bottom) = field.Around(x, y, x, y, 1.6f * radius);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * field.Size + column;
                if (scene.LungDepth[i] <= 0) continue;
                float dx = field.X[i] - x, dy = field.Y[i] - y;
                float a = (dx * cos + dy * sin) / wide, b = (-dx * sin + dy * cos) / high;
                float r = MathF.Sqrt(a * a + b * b) * (1 + lobes * border.At(dx, dy, 0.9f * radius, 2));
                if (r >= 1.15f) continue;
                coverage[i] = 1 - Profile.Smooth(0.85f, 1.15f, r);
                scene.Displace(i, depth * coverage[i] * (0.35f + 0.65f * Profile.Chord(Math.Min(r * r, 0.99f))));
            }
        }

        return coverage;
    }
}
