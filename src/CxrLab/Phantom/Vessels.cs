namespace CxrLab.Phantom;

/// <summary>
/// Arteries and veins of the lung: trees that leave the hila, fork with Murray's law (the cubes of the daughters' radii add up to
/// the mother's) and end before the pleura. The same tree stands on all images of a patient.
/// </summary>
internal static class Vessels
{
    private const int Trees = 9;
    private const float RootRadius = 3.6f, SmallestRadius = 0.42f;

    /// <summary>Below this, in radians from straight down: directions of the trunks, most towards the bases where the lung is largest.</summary>
    private static readonly float[] Directions = [0.15f, 0.45f, 0.75f, 1.05f, 1.35f, 1.7f, 2.1f, 2.5f, 2.85f];

    public static void Add(Scene scene)
    {
        float hilum = new Heart(scene.Anatomy, scene.Pose).Base;
        foreach (int side in (int[])[-1, 1])
        {
            var random = Seed.Random(scene.PatientSeed, 3, side);
            float x = side * (side < 0 ? 30f : 33f), y = hilum + (side < 0 ? 8 : -4);
            for (int tree = 0; tree < Trees; tree++)
            {
                float direction = Directions[tree] + 0.15f * Signed(random);
                float radius = RootRadius * (0.75f + 0.5f * random.NextSingle());
                Grow(scene, random, side, x + 5 * Signed(random), y + 9 * Signed(random), direction, radius);
            }
        }

        float[] depth = scene.LungDepth;
        for (int i = 0; i < depth.Length; i++) scene.Vessels[i] *= Profile.Smooth(0, 40, depth[i]);
    }

    private static void Grow(Scene scene, Random random, int side, float x, float y, float direction, float radius)
    {
        // Seen from the front, a branch that runs along the ray looks short.
        float length = (5 + 5.2f * radius) * (0.55f + 0.75f * random.NextSingle());
        float bend = 0.22f * Signed(random);
        for (int piece = 0; piece < 2; piece++)
        {
            float nextX = x + side * MathF.Sin(direction) * length * 0.5f, nextY = y + MathF.Cos(direction) * length * 0.5f;
            float tip = radius * (piece == 0 ? 0.97f : 0.93f);
            Segment(scene, x, y, nextX, nextY, tip);
            (x, y, direction) = (nextX, nextY, direction + bend);
        }

        float share = 0.32f + 0.36f * random.NextSingle();   // of the mother's cube
        float angle = 0.25f + 0.3f * random.NextSingle(), sign = random.NextSingle() < 0.5f ? -1 : 1;
        for (int child = 0; child < 2; child++)
        {
            float part = child == 0 ? share : 1 - share;
            float thinner = 0.95f * radius * MathF.Cbrt(part);
            // The thinner daughter turns further.
            float turn = sign * (child == 0 ? 1 : -1) * angle * 2 * (1 - part);
            if (thinner > SmallestRadius && random.NextSingle() < 0.97f) Grow(scene, random, side, x, y, direction + turn, thinner);
        }
    }

    private static void Segment(Scene scene, float x0, float y0, float x1, float y1, float radius)
    {
        Field field = scene.Field;
        float calibre = radius * scene.Anatomy.VesselCalibre;
        float drawn = Math.Max(calibre, 0.6f * field.MmPerPixel), dense = 2 * calibre * (Scene.Tissue - Scene.Lung) * calibre / drawn;
        float dx = x1 - x0, dy = y1 - y0, length2 = Math.Max(dx * dx + dy * dy, 1e-6f);
        (int left, int top, int right, int bottom) = field.Around(x0, y0, x1, y1, drawn);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * field.Size + column;
                float px = field.X[i] - x0, py = field.Y[i] - y0, t = (px * dx + py * dy) / length2;
                if (t < 0 || t >= 1) continue; // open ends: the next piece goes on from here
                float ex = px - t * dx, ey = py - t * dy, d2 = (ex * ex + ey * ey) / (drawn * drawn);
                if (d2 < 1) scene.Vessels[i] = Math.Max(scene.Vessels[i], 0.35f * scene.Vessels[i] + dense * Profile.Chord(d2));
            }
        }
    }

    private static float Signed(Random random) => 2 * random.NextSingle() - 1;
}
