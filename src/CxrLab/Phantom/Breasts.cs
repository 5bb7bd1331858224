namespace CxrLab.Phantom;

/// <summary>Breast tissue in front of the lower lung fields: a soft veil with a curved lower fold.</summary>
internal static class Breasts
{
    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        if (a.BreastDepth <= 0) return;
        float centreU = 0.66f * a.HalfWidth, radius = 50 + 0.75f * a.BreastDepth, fold = 0.92f * a.LungHeight + a.BreastDrop + 0.25f * a.BreastDepth;
        float centreY = fold - 0.82f * radius;
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < xs.Length; i++)
        {
            float u = Math.Abs(xs[i]), dx = (u - centreU) / radius, dy = (ys[i] - centreY) / (0.82f * radius);
            if (dy < 0) dy *= 0.55f; // no upper border: the breast runs out towards the clavicle
            float r2 = dx * dx + dy * dy;
            if (r2 >= 1) continue;
            float outside = Profile.Smooth(0, 30, scene.BodyDepth[i]);
            scene.Attenuation[i] += 1.25f * a.BreastDepth * Scene.Tissue * Profile.Chord(r2) * (dy < 0 ? 1 - Profile.Smooth(0, 1, -dy) : 1) * outside;
        }
    }
}
