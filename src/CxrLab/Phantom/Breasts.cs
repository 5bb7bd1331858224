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
        float[] xs = scene.Field.H, ys = scene.Field.V;
        if (scene.Field.IsLateral)
        {
            FromSide(scene, centreY, radius);
            return;
        }

        for (int i = 0; i < xs.Length; i++)
        {
            float u = Math.Abs(xs[i]), dx = (u - centreU) / radius, dy = (ys[i] - centreY) / (0.82f * radius);
            if (dy < 0) dy *= 0.55f; // no upper border: the breast runs out towards the clavicle
            float r2 = dx * dx + dy * dy;
            if (r2 >= 1) continue;
            float outside = Profile.Smooth(0, 30, scene.BodyDepth[i]);
            scene.Attenuation[i] += 0.85f * a.BreastDepth * Scene.Tissue * Profile.Chord(r2) * (dy < 0 ? 1 - Profile.Smooth(0, 1, -dy) : 1) * outside;
        }
    }

    private static void FromSide(Scene scene, float centreY, float radius)
    {
        float depth = scene.Anatomy.BreastDepth, front = scene.Chest.MiddleZ(centreY) - scene.Chest.HalfDepth(centreY) - 8;
        float[] hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < hs.Length; i++)
        {
            float forward = (front - hs[i]) / (1.15f * depth), down = (vs[i] - centreY) / (0.8f * radius);
            if (down < 0) down *= 0.6f;
            if (forward < 0) forward *= 1.6f;
            float chord = Profile.Chord(forward * forward + down * down);
            if (chord <= 0) continue;
            scene.BodyDepth[i] = Math.Max(scene.BodyDepth[i], 1);
            scene.Attenuation[i] += 60 * Scene.Tissue * chord * (1 - 0.4f * Math.Max(0, -forward));
        }
    }
}
