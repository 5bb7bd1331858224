namespace CxrLab.Phantom;

/// <summary>A fluffy opacity: part of the lung's air replaced by fluid, in an egg-shaped region with a ragged border.</summary>
/// <param name="X">Centre, mm.</param>
/// <param name="Y">Centre, mm.</param>
/// <param name="RadiusX">Half the width, mm.</param>
/// <param name="RadiusY">Half the height, mm.</param>
/// <param name="Filling">Share of the air replaced in the thick of it, 0–1.</param>
/// <param name="Raggedness">How far noise moves the border, in radii.</param>
/// <param name="PatchMm">Size of its patches.</param>
/// <param name="Seed">Of its patches.</param>
internal sealed record CloudOpacity(float X, float Y, float RadiusX, float RadiusY, float Filling, float Raggedness, float PatchMm, int Seed)
{
    /// <summary>How the density inside varies: 0 even, 1 from nothing to full.</summary>
    public float Patchiness { get; init; } = 0.5f;

    /// <summary>Displaces lung and adds to <paramref name="coverage"/> [H·W].</summary>
    public void Add(Scene scene, float[] coverage)
    {
        var noise = new ValueNoise(Seed);
        Field field = scene.Field;
        float reach = 1 + 2 * Raggedness;
        (int left, int top, int right, int bottom) = field.Around(X - reach * RadiusX, Y - reach * RadiusY, X + reach * RadiusX, Y + reach * RadiusY, 2);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * field.Size + column;
                if (scene.LungDepth[i] <= 0 || field.X[i] * X < 0) continue; // it stays in its lung
                float dx = field.X[i] - X, dy = field.Y[i] - Y;
                float r = MathF.Sqrt(dx * dx / (RadiusX * RadiusX) + dy * dy / (RadiusY * RadiusY));
                float ragged = r + Raggedness * noise.At(dx, dy, PatchMm, 3);
                float cloud = (1 - Profile.Smooth(0.35f, 1.15f, ragged)) * (1 - Profile.Smooth(0.9f * reach - 0.3f, 0.9f * reach, r));
                if (cloud <= 0) continue;
                float patches = 1 - Patchiness * (0.5f - 0.5f * Math.Clamp(noise.At(dx + 900, dy, 0.45f * PatchMm, 3), -1, 1));
                coverage[i] = Math.Max(coverage[i], Profile.Smooth(0.05f, 0.45f, cloud));
                scene.Displace(i, cloud * patches * Filling * scene.LungDepth[i]);
            }
        }
    }
}
