namespace CxrLab.Phantom;

/// <summary>
/// Twelve pairs of ribs. Each is half a ring in a plane that leans forward and down, from the spine round the chest wall to its
/// cartilage: seen from the front, the back part runs level and outwards, the front part steeply down and inwards.
/// </summary>
internal static class Ribs
{
    private const int Steps = 22;
    private const float Radius = 6.3f, Cortex = 1.5f, HalfDepth = 3.4f;

    public static void Add(Scene scene)
    {
        for (int rib = 1; rib <= 11; rib++)
        {
            foreach (int side in (int[])[-1, 1])
            {
                var random = Seed.Random(scene.PatientSeed, 4, side, rib);
                Half(scene, rib, side, front: false, (float)random.NextGaussian());
                if (rib <= 10) Half(scene, rib, side, front: true, (float)random.NextGaussian());
            }
        }
    }

    /// <summary>y of the joint of rib <paramref name="rib"/> (1–12) with the spine; vertebrae grow downwards.</summary>
    public static float JointY(Anatomy a, int rib) => a.LungHeight / 200 * (-8 + 20.5f * (rib - 1) + 0.42f * (rib - 1) * (rib - 1));

    private static void Half(Scene scene, int rib, int side, bool front, float jitter)
    {
        Anatomy a = scene.Anatomy;
        float start = JointY(a, rib) + 0.8f * jitter;
        float drop = a.RibSlope * (rib == 1 ? 38 : rib == 2 ? 62 : 76 + 3.2f * (rib - 3)) * a.LungHeight / 200;
        float level = start + 0.52f * drop;
        float wall = rib == 1 ? 62 : scene.Shape(side).WallU(Math.Max(level, 4)) + 2.5f;
        if (rib == 2) wall = Math.Min(wall, 92);
        (float from, float to) = front ? (MathF.PI / 2, FrontEnd(rib)) : (0.09f, MathF.PI / 2);
        var tube = new Tube(scene.Field);
        for (int k = 0; k <= Steps; k++)
        {
            float angle = from + (to - from) * k / Steps;
            float u = 14 + (wall - 14) * MathF.Pow(MathF.Sin(angle), front ? 0.85f : 1.0f);
            float rise = 7 * MathF.Sin(2 * angle) * (front ? 0.2f : 1); // the back part climbs a little before it falls
            tube.Through((side * u, start + drop * (1 - MathF.Cos(angle)) * 0.52f - rise));
        }

        float bone = Scene.Bone * a.BoneDensity * (front ? 0.72f : 1);
        float radius = (front ? 1.08f : 1) * Radius * (rib < 3 ? 0.85f : 1) * a.HalfWidth / 132;
        tube.AddHollow(scene.Attenuation, radius, Cortex, HalfDepth, bone, t => Weight(t, front));
    }

    // Where the rib turns round the side it runs along the ray, so the ray crosses more of it; the front end fades into cartilage.
    private static float Weight(float t, bool front)
    {
        float turning = front ? 1 - t : t;
        float along = 1 + 0.9f * MathF.Pow(turning, 5);
        return front ? along * (1 - Profile.Smooth(0.72f, 1, t)) : along * (0.75f + 0.25f * Profile.Smooth(0, 0.2f, t));
    }

    // Lower ribs end further out, because their cartilage is longer.
    private static float FrontEnd(int rib) => MathF.PI * (rib == 1 ? 0.80f : Math.Max(0.60f, 0.865f - 0.026f * rib));
}
