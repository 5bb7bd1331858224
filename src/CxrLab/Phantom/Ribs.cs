namespace CxrLab.Phantom;

/// <summary>
/// Twelve pairs of ribs. Each is half a ring in a plane that leans forward and down, from the spine round the chest wall to its
/// cartilage: seen from the front, the back part runs level and outwards, the front part steeply down and inwards.
/// </summary>
internal static class Ribs
{
    private const int Steps = 20;
    private const float Radius = 6.4f, Cortex = 1.15f, HalfDepth = 3.9f;

    public static void Add(Scene scene)
    {
        for (int rib = 1; rib <= 12; rib++)
        {
            foreach (int side in (int[])[-1, 1])
            {
                var random = Seed.Random(scene.PatientSeed, 4, side, rib);
                float jitter = Exact.Gaussian(random), girth = 1 + 0.06f * Exact.Gaussian(random);
                Half(scene, rib, side, front: false, jitter, girth);
                if (rib <= 10) Half(scene, rib, side, front: true, jitter, girth);
            }
        }
    }

    /// <summary>y of the joint of rib <paramref name="rib"/> (1–12) with the spine; vertebrae grow downwards.</summary>
    public static float JointY(Anatomy a, int rib) => a.LungHeight / 200 * (-8 + 20.5f * (rib - 1) + 0.42f * (rib - 1) * (rib - 1));

    /// <summary>The middle line of a rib's back or front half, from the spine onwards.</summary>
    public static (float X, float Y, float Z)[] Line(Chest chest, int rib, int side, bool front, float jitter)
    {
        Anatomy a = chest.Anatomy;
        float start = JointY(a, rib) + 0.8f * jitter;
        float drop = a.RibSlope * (rib == 1 ? 38 : rib == 2 ? 62 : 76 + 3.2f * (rib - 3)) * a.LungHeight / 200;
        float level = start + 0.52f * drop;
        float wall = rib == 1 ? 66 : chest.HalfWidth(Math.Max(level, 4)) + 2.5f;
        if (rib == 2) wall = Math.Min(wall, 92);
        float depth = Math.Max(chest.HalfDepth(Math.Max(level, 30)), rib == 1 ? 40 : 50) + 3, middle = chest.MiddleZ(level);
        (float from, float to) = front ? (MathF.PI / 2, FrontEnd(rib)) : (0.09f, rib == 12 ? 0.9f : MathF.PI / 2);
        var line = new (float X, float Y, float Z)[Steps + 1];
        for (int k = 0; k <= Steps; k++)
        {
            float angle = from + (to - from) * k / Steps, sin = Exact.Sin(angle), cos = Exact.Cos(angle);
            float u = 14 + (wall - 14) * Exact.Pow(sin, front ? 0.85f : 0.96f);
            float rise = 7 * Exact.Sin(2 * angle) * (front ? 0.2f : 1); // the back part climbs a little before it falls
            line[k] = (side * u, start + drop * (1 - cos) * 0.52f - rise, middle + depth * cos);
        }

        return line;
    }

    private static void Half(Scene scene, int rib, int side, bool front, float jitter, float girth)
    {
        Anatomy a = scene.Anatomy;
        var tube = new Tube(scene.Field) { SquareEnds = true };
        tube.Through(Line(scene.Chest, rib, side, front, jitter));
        float[] oblique = tube.Obliquity();
        float bone = Scene.Bone * a.BoneDensity * (front ? 0.80f : 1), lateral = scene.Field.IsLateral ? 0.9f : 1;
        float radius = girth * (front ? 1.06f : 1) * Radius * (rib < 3 ? 0.85f : 1) * a.HalfWidth / 132;
        tube.AddHollow(scene.Attenuation, radius, Cortex, HalfDepth, bone * lateral, t => (rib == 1 ? 0.6f : 1) * Weight(t, front) * (rib > 10 ? 1 - Profile.Smooth(0.8f, 1, t) : 1) * oblique[(int)(t * Steps + 0.5f)]);
    }

    // The front end fades into cartilage, the neck at the spine is thin.
    private static float Weight(float t, bool front) => front ? 1 - Profile.Smooth(0.72f, 1, t) : 0.75f + 0.25f * Profile.Smooth(0, 0.2f, t);

    // Lower ribs end further out, because their cartilage is longer.
    private static float FrontEnd(int rib) => MathF.PI * (rib == 1 ? 0.80f : Math.Max(0.60f, 0.865f - 0.026f * rib));
}
