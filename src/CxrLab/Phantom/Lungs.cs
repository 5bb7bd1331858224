namespace CxrLab.Phantom;

/// <summary>Replaces tissue by aerated lung and gives it its fine texture.</summary>
internal static class Lungs
{
    /// <summary>Lung that reaches down behind the dome of the diaphragm, mm along the ray.</summary>
    private const float Recess = 30;

    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        var texture = new ValueNoise(Seed.Of(scene.PatientSeed, 2));
        var random = Seed.Random(scene.PatientSeed, 7);
        float markings = 0.06f + 0.09f * random.NextSingle(), patches = 0.05f + 0.08f * random.NextSingle(), bases = 0.05f + 0.15f * random.NextSingle();
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < xs.Length; i++)
        {
            float x = xs[i], y = ys[i], u = Math.Abs(x);
            if (y <= 0 || u > a.HalfWidth || y > a.LungHeight + 100) continue;
            LungShape lung = scene.Shape(x < 0 ? -1 : 1);
            float wall = lung.ToWall(u, y), medial = LungShape.ToMediastinum(u, y), dome = lung.ToDiaphragm(u, y);
            if (wall <= 0 || medial <= 0) continue;
            float sides = Profile.Rise(wall, 62) * Profile.Rise(medial, 20) * (0.5f + 0.5f * Profile.Smooth(0, 105, y));
            float recess = Recess * (1 - Profile.Smooth(2, 46, -dome));
            float depth = sides * ((a.LungDepth - Recess) * Profile.Rise(dome, 42) + recess);
            scene.LungMask[i] = dome > 0;
            scene.LungDepth[i] = depth;
            // Fine markings, patches of unlike aeration, and more blood in the bases than in the apices.
            float grain = 1 + markings * texture.At(x, y, 11, 3) + patches * texture.At(x + 500, y, 60, 3) + bases * (y / a.LungHeight - 0.5f);
            scene.Attenuation[i] += depth * (Scene.Lung * grain - Scene.Tissue);
        }
    }
}
