namespace CxrLab.Phantom;

/// <summary>Soft tissue from skin to skin: trunk with shoulders, neck and arms. Everything else is carved out of it or added to it.</summary>
internal static class Body
{
    private const float NeckRadius = 60, ArmRadius = 44, HumerusRadius = 11;

    /// <summary>How much less fat attenuates than muscle.</summary>
    private const float FatLack = 0.13f;

    public static void Add(Scene scene)
    {
        var texture = new ValueNoise(Seed.Of(scene.PatientSeed, 1));
        float[] hs = scene.Field.H, vs = scene.Field.V;
        bool lateral = scene.Field.IsLateral;
        float fat = scene.Anatomy.FatThickness;
        for (int i = 0; i < hs.Length; i++)
        {
            float h = hs[i], v = vs[i], depth = lateral ? FromSide(scene, h, v) : FromFront(scene, Math.Abs(h), v);
            if (depth <= 0) continue;
            scene.BodyDepth[i] = depth;
            // Muscle, fat and organs lie in uneven layers; a ray near the skin crosses mostly fat.
            float grain = 1 + 0.020f * texture.At(h, v, 70, 3) - FatLack * Math.Min(1, 2.2f * fat / depth);
            scene.Attenuation[i] = depth * Scene.Tissue * grain;
        }

        if (!lateral) foreach (int side in (int[])[-1, 1]) Humerus(scene, side);
    }

    private static float FromFront(Scene scene, float u, float y)
    {
        Anatomy a = scene.Anatomy;
        float depth = Profile.SmoothMax(Trunk(a, u, y), Neck(u, y), 25);
        return Math.Max(depth, Arm(scene, u, y));
    }

    private static float Trunk(Anatomy a, float u, float y)
    {
        // The armpit: shoulders are wider than the chest below them.
        float flank = a.HalfWidth + a.WallThickness;
        float edge = flank + (66 - 0.4f * a.WallThickness) * (1 - Profile.Smooth(20, 150, y)) + 0.05f * Math.Max(0, y - 180);
        float across = u / edge;
        if (across >= 1) return 0;
        float fromShoulder = y - ShoulderY(u, a);
        if (fromShoulder <= 0) return 0;
        float thinTop = 0.66f + 0.34f * Profile.Smooth(-20, 110, y);
        float taper = MathF.Sqrt(1 - across * across * across);
        return a.BodyDepth * thinTop * taper * Profile.Rise(fromShoulder, 70);
    }

    // The trapezius falls from the neck to the shoulder joint.
    private static float ShoulderY(float u, Anatomy a)
    {
        float reach = a.HalfWidth + 42;
        float t = Math.Clamp((u - 40) / (reach - 40), 0, 1.2f);
        return -64 + a.ShoulderSlope * (t * (66 - 10 * t) + 26 * t * t * t * t);
    }

    private static float Neck(float u, float y)
    {
        float chord = Profile.Chord(u * u / (NeckRadius * NeckRadius));
        return 118 * chord * (1 - Profile.Smooth(-30, 40, y));
    }

    private static float FromSide(Scene scene, float z, float y)
    {
        Anatomy a = scene.Anatomy;
        Chest chest = scene.Chest;
        // Front and back of the trunk; the belly and the small of the back below, the neck above.
        float half = chest.HalfDepth(Math.Max(y, 60)), middle = chest.MiddleZ(Math.Max(y, 20)), wall = 0.8f * a.WallThickness;
        float front = middle - half - wall - 10 - 0.10f * Math.Max(0, y - 170), back = middle + half + wall + 24 - 0.05f * Math.Max(0, y - 200);
        float neck = 1 - Profile.Smooth(-50, 55, y);
        (front, back) = (front + neck * 48, back - neck * 26);
        float across = (z - 0.5f * (front + back)) / (0.5f * (back - front));
        float chestWidth = 2 * (chest.HalfWidth(Math.Max(y, 60)) + a.WallThickness), width = 125 + (chestWidth - 125) * Profile.Smooth(-60, 40, y);
        float trunk = Math.Abs(across) >= 1 ? 0 : 0.94f * width * MathF.Sqrt(1 - Exact.Pow(Math.Abs(across), 2.6f));
        // The raised arms cross the upper corner in front of the neck.
        float dx = z + 35 - 0.5f * (y + 40), arm = Math.Abs(dx) < 85 && y < 60 ? 170 * Profile.Chord(dx * dx / (85 * 85)) * (1 - Profile.Smooth(-40, 60, y)) : 0;
        return Math.Max(trunk, arm);
    }

    private static (float X0, float Y0, float X1, float Y1) ArmAxis(Scene scene)
    {
        float shoulder = scene.Anatomy.HalfWidth + 40 + 0.3f * scene.Anatomy.WallThickness;
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
        shaft.Through((side * (x0 + 3), y0 + 4, 10), (side * x1, y1, 10));
        shaft.AddHollow(scene.Attenuation, HumerusRadius, wall: 3.5f, depth: HumerusRadius, bone, _ => 1);
        var head = new Tube(scene.Field);
        head.Through((side * (x0 - 7), y0 - 6, 10), (side * (x0 + 2), y0 + 3, 10));
        head.AddHollow(scene.Attenuation, 23, wall: 3, depth: 20, bone * 0.55f, _ => 1);
    }
}
