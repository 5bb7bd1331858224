namespace CxrLab.Phantom;

/// <summary>Casts the heart: it takes the place of lung, and its border fades in as rays graze it.</summary>
internal static class HeartShadow
{
    public static void Add(Scene scene)
    {
        Heart heart = scene.Chest.Heart;
        float[] hs = scene.Field.H, vs = scene.Field.V;
        bool lateral = scene.Field.IsLateral;
        var blood = new ValueNoise(Seed.Of(scene.PatientSeed, 8));
        (float left, float top, float right, float bottom) = heart.Bounds;
        if (lateral) (left, right) = (heart.Z - 90, heart.Z + 110);
        for (int i = 0; i < hs.Length; i++)
        {
            (float across, float y) = scene.Field.Unproject(hs[i], vs[i], lateral ? 20 : heart.Z);
            if (across < left || across > right || y < top || y > bottom) continue;
            float mm = lateral ? heart.WidthAt(across, y) : heart.DepthAt(across, y);
            if (mm <= 0) continue;
            scene.Heart[i] = Profile.Smooth(2, 14, mm);
            if (scene.Heart[i] >= 0.5f) scene.Covered[i] |= !lateral;
            scene.DisplaceBoth(i, mm * (1 + 0.03f * blood.At(hs[i], vs[i], 30, 2)));
        }
    }
}
