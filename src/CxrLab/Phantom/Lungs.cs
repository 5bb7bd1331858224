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
            float grain = 1 + 0.10f * texture.At(x, y, 11, 3) + 0.05f * texture.At(x + 500, y, 70, 2);
            scene.Attenuation[i] += depth * (Scene.Lung * grain - Scene.Tissue);
        }
    }
}
