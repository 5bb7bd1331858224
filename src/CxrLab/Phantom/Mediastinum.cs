namespace CxrLab.Phantom;

/// <summary>
/// Great vessels and fat between the lungs: a column from the neck to the heart, the aortic knob, the pulmonary trunk, the hila. With the
/// years the aorta lengthens and unfolds: its knob grows and its descending part swings out to the left.
/// </summary>
internal static class Mediastinum
{
    public static void Add(Scene scene)
    {
        if (scene.Field.IsLateral) FromSide(scene);
        else FromFront(scene);
    }

    private static void FromFront(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        float size = a.HalfWidth / 132, knob = a.AorticKnob, heartBase = scene.Chest.Heart.Base;
        float unfolding = Math.Max(0, knob - 14) * 1.1f;
        float[] hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < hs.Length; i++)
        {
            float x = hs[i], y = vs[i];
            if (Math.Abs(x) > 75 || y < -10 || y > a.LungHeight + 20) continue;
            // Right: superior vena cava; left: subclavian artery, which slants in.
            float right = size * (24 + 9 * Profile.Smooth(30, heartBase, y) + a.MediastinalFat), left = size * (27 - 6 * Profile.Smooth(20, 60, y) + 12 * Profile.Smooth(60, heartBase, y) + a.MediastinalFat);
            float edge = x < 0 ? right : left, across = x / edge;
            float column = y > heartBase + 40 ? 0 : 85 * Profile.Chord(across * across) * (1 - Profile.Smooth(heartBase, heartBase + 40, y));
            float arch = Ball(x, y, 20 * size + 0.4f * unfolding, heartBase - 34, knob * 1.2f, 1.25f * knob);
            float trunk = 0.8f * Ball(x, y, 19 * size, heartBase - 6, 20 * size, 20 * size);
            // The descending aorta runs beside the spine behind the heart.
            float swing = unfolding * Profile.Bell((y - heartBase - 20) / 60);
            float aorta = y > heartBase - 34 ? 24 * Profile.Chord(Square((x - 15 * size - swing) / (knob * 0.85f))) : 0;
            float mm = Math.Max(Math.Max(column, trunk), Profile.SmoothMax(arch, aorta, 6));
            mm += 0.55f * (Hilum(x, y, -31 * size, heartBase + 6) + Hilum(x, y, 35 * size, heartBase - 6));
            if (mm <= 0) continue;
            if (mm > 24) scene.Covered[i] = true;
            scene.DisplaceBoth(i, mm);
        }
    }

    private static void FromSide(Scene scene)
    {
        float heartBase = scene.Chest.Heart.Base, knob = scene.Anatomy.AorticKnob, depth = scene.Chest.HalfDepth(120);
        float[] plane = new float[scene.Attenuation.Length];
        var aorta = new Tube(scene.Field);
        aorta.Through(Curve.Through([(-8, heartBase + 25, -22), (-6, heartBase - 22, -20), (6, heartBase - 50, 6), (20, heartBase - 30, 0.55f * depth), (18, heartBase + 40, 0.66f * depth), (10, heartBase + 160, 0.62f * depth)], 8));
        aorta.AddSolid(plane, 0.95f * knob, 0.8f * knob, 1, t => 1 - 0.45f * Profile.Smooth(0.55f, 1, t));
        foreach (int side in (int[])[-1, 1])
        {
            var hilum = new Tube(scene.Field);
            hilum.Through((side * 30, heartBase - 8, -6 + 14 * side), (side * 30, heartBase + 16, 2 + 14 * side));
            hilum.AddSolid(plane, 15, 11, 1, t => 1);
        }

        for (int i = 0; i < plane.Length; i++) if (plane[i] > 0) scene.DisplaceBoth(i, plane[i]);
    }

    private static float Ball(float x, float y, float cx, float cy, float rx, float ry) =>
        2 * ry * Profile.Chord(Square((x - cx) / rx) + Square((y - cy) / ry));

    private static float Hilum(float x, float y, float cx, float cy) =>
        34 * Profile.Bell(MathF.Sqrt(Square((x - cx) / 13) + Square((y - cy) / 22)));

    private static float Square(float t) => t * t;
}
