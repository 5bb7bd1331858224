namespace CxrLab.Phantom;

/// <summary>
/// An egg-shaped region of a lung in which air gives way to fluid or tissue: what opacities, nodules and masses are made of, in the
/// projections and in the slices alike.
/// </summary>
/// <param name="Side">Whose lung: −1 right, 1 left; it never leaves it.</param>
/// <param name="X">Centre, mm.</param>
/// <param name="Y">Centre, mm.</param>
/// <param name="Z">Centre, mm.</param>
/// <param name="RadiusX">Half its width.</param>
/// <param name="RadiusY">Half its height.</param>
/// <param name="RadiusZ">Half its depth.</param>
/// <param name="Filling">Share of the air replaced in the thick of it, 0–1.</param>
/// <param name="Seed">Of its border and patches.</param>
internal sealed record Blob(int Side, float X, float Y, float Z, float RadiusX, float RadiusY, float RadiusZ, float Filling, int Seed)
{
    /// <summary>How far noise moves the border, in radii: 0.05 a nodule, 0.4 an infiltrate.</summary>
    public float Raggedness { get; init; } = 0.3f;

    /// <summary>Where the border begins and ends to fade, in radii.</summary>
    public (float From, float To) Border { get; init; } = (0.35f, 1.15f);

    /// <summary>Size of its patches, mm.</summary>
    public float PatchMm { get; init; } = 20;

    /// <summary>How the density inside varies: 0 even, 1 from nothing to full.</summary>
    public float Patchiness { get; init; }

    /// <summary>A cavity of air in its middle, in radii; 0 for none.</summary>
    public float Cavity { get; init; }

    /// <summary>Displaces lung and adds to <paramref name="coverage"/> [H·W].</summary>
    public void Cast(Scene scene, float[] coverage)
    {
        var noise = new ValueNoise(Seed);
        Field field = scene.Field;
        bool lateral = field.IsLateral;
        (float h, float v) = field.Project(X, Y, Z);
        float m = field.Magnification(lateral ? X : Z), wide = m * (lateral ? RadiusZ : RadiusX), high = m * RadiusY, half = lateral ? RadiusX : RadiusZ;
        float reach = 1.15f + 1.6f * Raggedness;
        float[] lung = scene.LungDepth(Side);
        (int left, int top, int right, int bottom) = field.Around(h - reach * wide, v - reach * high, h + reach * wide, v + reach * high, 2);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * field.Size + column;
                if (lung[i] <= 0) continue;
                float dh = field.H[i] - h, dv = field.V[i] - v, r = MathF.Sqrt(dh * dh / (wide * wide) + dv * dv / (high * high));
                if (r > reach) continue;
                float cloud = Cloud(noise, r, dh, dv, 0);
                if (cloud <= 0) continue;
                coverage[i] = Math.Max(coverage[i], Profile.Smooth(0.05f, 0.45f, cloud));
                float chord = 2 * half * (0.3f + 0.7f * MathF.Sqrt(Math.Max(0, 1 - Math.Min(r * r, 1))));
                if (Cavity > 0) chord -= 1.7f * half * Cavity * Profile.Chord(r * r / (Cavity * Cavity));
                scene.Displace(Side, i, Filling * cloud * Patches(noise, dh, dv, 0) * Math.Max(chord, 0));
            }
        }
    }

    /// <summary>Share of air replaced at a point of the body; 0 outside.</summary>
    public float At(float x, float y, float z)
    {
        float dx = x - X, dy = y - Y, dz = z - Z;
        float r = MathF.Sqrt(dx * dx / (RadiusX * RadiusX) + dy * dy / (RadiusY * RadiusY) + dz * dz / (RadiusZ * RadiusZ));
        if (r > 1.15f + 1.6f * Raggedness || x * Side < 0) return 0;
        if (Cavity > 0 && r < Cavity) return 0;
        var noise = new ValueNoise(Seed);
        return Filling * Cloud(noise, r, dx, dz, dy) * Patches(noise, dx, dz, dy);
    }

    private float Cloud(ValueNoise noise, float r, float a, float b, float c) =>
        1 - Profile.Smooth(Border.From, Border.To, r + (Raggedness > 0 ? Raggedness * noise.At(a + 0.7f * c, b - 0.6f * c, PatchMm, 3) : 0));

    private float Patches(ValueNoise noise, float a, float b, float c) =>
        Patchiness <= 0 ? 1 : 1 - Patchiness * (0.5f - 0.5f * Math.Clamp(noise.At(a + 900 + 0.7f * c, b - 0.6f * c, 0.45f * PatchMm, 3), -1, 1));
}
