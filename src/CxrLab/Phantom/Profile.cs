namespace CxrLab.Phantom;

/// <summary>One-dimensional curves that anatomy is built from. All are continuous, so that no edge is harder than tissue's.</summary>
internal static class Profile
{
    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, a smooth S (3t² − 2t³) between.</summary>
    public static float Smooth(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0f, 1f);
        return t * t * (3 - 2 * t);
    }

    /// <summary>
    /// Share of the full depth that a ray crosses <paramref name="inside"/> mm behind a rounded edge of the given radius:
    /// a quarter circle from 0 to 1. Rays that graze a round organ cross little of it, so its border fades in.
    /// </summary>
    public static float Rise(float inside, float radius)
    {
        if (inside <= 0) return 0;
        if (inside >= radius) return 1;
        float rest = 1 - inside / radius;
        return MathF.Sqrt(1 - rest * rest);
    }

    /// <summary>Half the chord of a unit circle at squared distance <paramref name="r2"/> from its centre; 0 outside.</summary>
    public static float Chord(float r2) => r2 >= 1 ? 0 : MathF.Sqrt(1 - r2);

    /// <summary>The smaller of two distances with the corner rounded over <paramref name="round"/> mm.</summary>
    public static float SmoothMin(float a, float b, float round)
    {
        float h = Math.Max(round - Math.Abs(a - b), 0f) / round;
        return Math.Min(a, b) - h * h * round * 0.25f;
    }

    /// <summary>The larger of two values with the corner rounded over <paramref name="round"/>.</summary>
    public static float SmoothMax(float a, float b, float round) => -SmoothMin(-a, -b, round);

    /// <summary>exp(−t²).</summary>
    public static float Bell(float t) => Exact.Exp(-t * t);
}
