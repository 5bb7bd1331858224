namespace CxrLab.Phantom;

/// <summary>Soft tissue from skin to skin: trunk with shoulders, neck and arms. Everything else is carved out of it or added to it.</summary>
internal static class Body
{
    private const float NeckRadius = 62, ArmRadius = 44, HumerusRadius = 11;

    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        var texture = new ValueNoise(Seed.Of(scene.PatientSeed, 1));
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < xs.Length; i++)
        {
            float x = xs[i], y = ys[i], u = Math.Abs(x);
            float depth = Profile.SmoothMax(Trunk(a, u, y), Neck(u, y), 25);
            depth = Math.Max(depth, Arm(scene, u, y));
            scene.BodyDepth[i] = depth;
            // Muscle, fat and organs lie in uneven layers.
            scene.Attenuation[i] = depth * Scene.Tissue * (1 + 0.022f * texture.At(x, y, 60, 4));
        }

        foreach (int side in (int[])[-1, 1]) Humerus(scene, side);
    }

    private static float Trunk(Anatomy a, float u, float y)
    {
        // The armpit: shoulders are wider than the chest below them.
        float flank = a.HalfWidth + a.WallThickness;
        float edge = flank + (48 - 0.4f * a.WallThickness) * (1 - Profile.Smooth(10, 105, y)) + 0.05f * Math.Max(0, y - 180);
        float across = u / edge;
        if (across >= 1) return 0;
        float fromShoulder = y - ShoulderY(u, a);
        if (fromShoulder <= 0) return 0;
        float thinTop = 0.56f + 0.44f * Profile.Smooth(-20, 110, y);
        float taper = MathF.Sqrt(1 - MathF.Pow(across, 3.2f));
        return a.BodyDepth * thinTop * taper * Profile.Rise(fromShoulder, 62);
    }

    // The trapezius falls from the neck to the shoulder joint.
    private static float ShoulderY(float u, Anatomy a)
    {
        float reach = a.HalfWidth + 42;
        float t = Math.Clamp((u - 40) / (reach - 40), 0, 1.2f);
        return -62 + 58 * MathF.Pow(t, 0.85f) + 26 * t * t * t * t;
    }

    private static float Neck(float u, float y)
    {
        float chord = Profile.Chord(u * u / (NeckRadius * NeckRadius));
        return 118 * chord * (1 - Profile.Smooth(-30, 40, y));
    }

    private static (float X0, float Y0, float X1, float Y1) ArmAxis(Scene scene)
    {
        float shoulder = scene.Anatomy.HalfWidth + 44 + 0.3f * scene.Anatomy.WallThickness;
        return (shoulder, 34, shoulder + 22 + 75 * scene.Pose.ArmSpread, 330);
    }

    private static float Arm(Scene scene, float u, float y)
    {
        (float x0, float y0, float x1, float y1) = ArmAxis(scene);
        float dx = x1 - x0, dy = y1 - y0;
        float t = Math.Clamp(((u - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1);
        float px = u - x0 - t * dx, py = y - y0 - t * dy;
        float radius = ArmRadius + 0.2f * scene.Anatomy.WallThickness - 8 * t;
        return 1.8f * radius * Profile.Chord((px * px + py * py) / (radius * radius));
    }

    private static void Humerus(Scene scene, int side)
    {
        (float x0, float y0, float x1, float y1) = ArmAxis(scene);
        float bone = Scene.Bone * scene.Anatomy.BoneDensity;
        var shaft = new Tube(scene.Field);
        shaft.Through([(side * (x0 + 3), y0 + 4), (side * x1, y1)]);
        shaft.AddHollow(scene.Attenuation, HumerusRadius, wall: 3.5f, depth: HumerusRadius, bone, _ => 1);
        var head = new Tube(scene.Field);
        head.Through([(side * (x0 - 7), y0 - 6), (side * (x0 + 2), y0 + 3)]);
        head.AddHollow(scene.Attenuation, 23, wall: 3, depth: 20, bone * 0.55f, _ => 1);
    }
}
