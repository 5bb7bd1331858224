namespace CxrLab.Phantom;

/// <summary>Replaces tissue by aerated lung and gives it its fine texture.</summary>
internal static class Lungs
{
    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        var texture = new ValueNoise(Seed.Of(scene.PatientSeed, 2));
        var random = Seed.Random(scene.PatientSeed, 7);
        float markings = 0.05f + 0.06f * random.NextSingle(), patches = 0.03f + 0.05f * random.NextSingle(), bases = 0.05f + 0.15f * random.NextSingle();
        float[] hs = scene.Field.H, vs = scene.Field.V;
        bool lateral = scene.Field.IsLateral;
        for (int i = 0; i < hs.Length; i++)
        {
            float h = hs[i], v = vs[i];
            if (v <= 0 || v > a.LungHeight + 130 || Math.Abs(h) > a.HalfWidth) continue;
            float right, left;
            if (lateral) (right, left) = (scene.Chest.Right.WidthAt(h, v), scene.Chest.Left.WidthAt(h, v));
            else (right, left) = h < 0 ? (scene.Chest.Right.DepthAt(-h, v), 0f) : (0f, scene.Chest.Left.DepthAt(h, v));
            float depth = right + left;
            if (depth <= 0) continue;
            (scene.RightDepth[i], scene.LeftDepth[i]) = (right, left);
            scene.Covered[i] = !lateral && v > scene.Chest.Lung(h < 0 ? -1 : 1).DomeY(Math.Abs(h));
            // Fine markings, patches of unlike aeration, and more blood in the bases than in the apices.
            float grain = 1 + markings * Strands(texture, h, v) + patches * texture.At(h + 500, v, 60, 3) + bases * (v / a.LungHeight - 0.5f);
            scene.Attenuation[i] += depth * (Scene.Lung * grain - Scene.Tissue);
        }
    }

    // Ridges of noise: thin bright threads that meet, as the smallest vessels and septa do where they overlap.
    private static float Strands(ValueNoise noise, float x, float y)
    {
        float wide = 1 - 1.3f * Math.Abs(noise.At(x, y, 13, 1)), fine = 1 - 1.3f * Math.Abs(noise.At(x, y + 700, 6, 1));
        return 0.9f * wide + 0.7f * fine + 0.5f * noise.At(x + 900, y, 9, 1) - 0.5f;
    }
}
