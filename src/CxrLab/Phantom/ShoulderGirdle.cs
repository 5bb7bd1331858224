namespace CxrLab.Phantom;

/// <summary>Clavicles and shoulder blades. In AP views the blades stay over the lungs; for PA the shoulders are rolled forward.</summary>
internal static class ShoulderGirdle
{
    public static void Add(Scene scene)
    {
        foreach (int side in (int[])[-1, 1])
        {
            if (scene.Field.IsLateral)
            {
                BladeFromSide(scene, side);
                continue;
            }

            Clavicle(scene, side);
            Scapula(scene, side);
        }
    }

    private static void Clavicle(Scene scene, int side)
    {
        Anatomy a = scene.Anatomy;
        var random = Seed.Random(scene.PatientSeed, 5, side);
        float outer = a.HalfWidth + 26, inner = 15, startY = 36 + 2.5f * Exact.Gaussian(random);
        float bone = Scene.Bone * a.BoneDensity, z = scene.Chest.MiddleZ(30) - scene.Chest.HalfDepth(30);
        var tube = new Tube(scene.Field);
        for (int k = 0; k <= 20; k++)
        {
            float t = k / 20f;
            float y = startY - (a.ClavicleRise + 12) * t + 5.5f * Exact.Sin(2 * MathF.PI * t); // a flat S
            tube.Through((side * (inner + t * (outer - inner)), y, z + 30 * t * t));
        }

        tube.AddHollow(scene.Attenuation, 6.0f, 2.0f, 5.0f, bone * 1.5f, t => 1 - 0.2f * t);
        var head = new Tube(scene.Field);
        head.Through((side * (inner - 1), startY + 1, z), (side * (inner + 12), startY - 2, z));
        head.AddHollow(scene.Attenuation, 9.5f, 1.8f, 4, bone * 0.45f, t => 1 - 0.6f * t);
    }

    private static void Scapula(Scene scene, int side)
    {
        Anatomy a = scene.Anatomy;
        float bone = Scene.Bone * a.BoneDensity, over = scene.Pose.ScapulaOverlap;
        float joint = a.HalfWidth + 22, swing = 26 * (1 - over);
        (float X, float Y) glenoid = (side * joint, 34), tip = (side * (a.HalfWidth - 14 + swing), 158), corner = (side * (a.HalfWidth - 52 + swing), 18);
        Plate(scene, glenoid, tip, corner, bone);
        Border(scene, [glenoid, (side * (a.HalfWidth + 4 + 0.6f * swing), 92), tip], 3.6f, 4.5f, bone * 0.7f);
        Border(scene, [tip, (side * (a.HalfWidth - 46 + swing), 84), corner], 2.2f, 2.6f, bone * 0.5f);
        Border(scene, [(side * (a.HalfWidth - 46 + swing), 52), (side * (a.HalfWidth - 8), 28), (side * (joint + 8), 4)], 5.5f, 3.2f, bone * 0.5f);
        Border(scene, [(side * (joint - 3), 20), (side * (joint - 1), 48)], 8, 6, bone * 0.4f);
        Border(scene, [(side * (joint - 12), 20), (side * (joint - 18), 6), (side * (joint - 6), 2)], 5.5f, 5, bone * 0.45f);
    }

    // With raised arms the blades stand on edge behind the spine's upper part.
    private static void BladeFromSide(Scene scene, int side)
    {
        float back = scene.Chest.MiddleZ(80) + scene.Chest.HalfDepth(80), bone = Scene.Bone * scene.Anatomy.BoneDensity;
        var blade = new Tube(scene.Field);
        blade.Through(Curve.Through([(side * 90, 12, back - 22 + 5 * side), (side * 95, 70, back - 2), (side * 98, 135, back + 5)], 8));
        blade.AddHollow(scene.Attenuation, 3.6f, 1.2f, 10, bone * 0.45f, t => Profile.Smooth(0, 0.15f, t) * (1 - Profile.Smooth(0.85f, 1, t)));
    }

    private static void Border(Scene scene, (float X, float Y)[] bones, float radius, float depth, float perMm)
    {
        var tube = new Tube(scene.Field);
        tube.Through(Curve.Through([.. bones.Select(p => (p.X, p.Y, 30f))], 8));
        tube.AddHollow(scene.Attenuation, radius, 1.4f, depth, 1.7f * perMm, t => Profile.Smooth(0, 0.12f, t) * (1 - Profile.Smooth(0.88f, 1, t)));
    }

    // The blade itself is thin as paper in its middle.
    private static void Plate(Scene scene, (float X, float Y) p, (float X, float Y) q, (float X, float Y) r, float bone)
    {
        (int left, int top, int right, int bottom) = scene.Field.Around(
            Math.Min(p.X, Math.Min(q.X, r.X)), Math.Min(p.Y, Math.Min(q.Y, r.Y)), Math.Max(p.X, Math.Max(q.X, r.X)), Math.Max(p.Y, Math.Max(q.Y, r.Y)), 2);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * scene.Field.Size + column;
                float x = scene.Field.H[i], y = scene.Field.V[i];
                float inside = Math.Min(Inside(p, q, r, x, y), Math.Min(Inside(q, r, p, x, y), Inside(r, p, q, x, y)));
                if (inside > 0) scene.Attenuation[i] += 2.4f * bone * Profile.Smooth(0, 9, inside);
            }
        }
    }

    // Distance of (x, y) from the edge ab on the side of c.
    private static float Inside((float X, float Y) a, (float X, float Y) b, (float X, float Y) c, float x, float y)
    {
        float nx = a.Y - b.Y, ny = b.X - a.X, length = MathF.Sqrt(nx * nx + ny * ny);
        float towards = MathF.Sign((c.X - a.X) * nx + (c.Y - a.Y) * ny);
        return towards * ((x - a.X) * nx + (y - a.Y) * ny) / length;
    }
}
