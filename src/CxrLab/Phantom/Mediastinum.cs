namespace CxrLab.Phantom;

/// <summary>Great vessels and fat between the lungs: a column from the neck to the heart, the aortic knob, the pulmonary trunk, the hila.</summary>
internal static class Mediastinum
{
    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        float size = a.HalfWidth / 132, knob = a.AorticKnob;
        float heartBase = new Heart(a, scene.Pose).Base;
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < xs.Length; i++)
        {
            float x = xs[i], y = ys[i];
            if (Math.Abs(x) > 75 || y < -10 || y > a.LungHeight + 20) continue;
            // Right: superior vena cava; left: subclavian artery, which slants in.
            float right = size * (23 + 6 * Profile.Smooth(40, heartBase, y)), left = size * (24 - 5 * Profile.Smooth(20, 60, y) + 8 * Profile.Smooth(70, heartBase, y));
            float edge = x < 0 ? right : left, across = x / edge;
            float column = y > heartBase + 40 ? 0 : 62 * Profile.Chord(across * across) * (1 - Profile.Smooth(heartBase, heartBase + 40, y));
            float arch = Ball(x, y, 21 * size, heartBase - 34, knob * 1.1f, knob);
            float trunk = 0.8f * Ball(x, y, 19 * size, heartBase - 6, 20 * size, 20 * size);
            // The descending aorta runs beside the spine behind the heart.
            float aorta = y > heartBase - 34 ? 22 * Profile.Chord(Square((x - 14 * size) / (knob * 0.85f))) : 0;
            float mm = Math.Max(Math.Max(column, trunk), Profile.SmoothMax(arch, aorta, 6));
            mm += 0.55f * (Hilum(x, y, -31 * size, heartBase + 6) + Hilum(x, y, 35 * size, heartBase - 6));
            if (mm <= 0) continue;
            if (mm > 24) scene.LungMask[i] = false;
            scene.Displace(i, mm);
        }
    }

    private static float Ball(float x, float y, float cx, float cy, float rx, float ry) =>
        2 * ry * Profile.Chord(Square((x - cx) / rx) + Square((y - cy) / ry));

    private static float Hilum(float x, float y, float cx, float cy) =>
        22 * Profile.Bell(MathF.Sqrt(Square((x - cx) / 13) + Square((y - cy) / 22)));

    private static float Square(float t) => t * t;
}
