namespace CxrLab.Phantom;

/// <summary>Gas under the left dome and in the bowel; everything else below the diaphragm is plain soft tissue.</summary>
internal static class Abdomen
{
    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        if (a.StomachGas <= 0) return;
        var random = Seed.Random(scene.PatientSeed, 6);
        var wobble = new ValueNoise(random.Next());
        float x0 = 62 + 14 * random.NextSingle(), radiusX = 16 + 24 * a.StomachGas, radiusY = 9 + 13 * a.StomachGas;
        bool lateral = scene.Field.IsLateral;
        float y0 = scene.Chest.Left.DomeY(x0) + 7 + radiusY;
        if (lateral) x0 = -25;
        // Upright, the fluid in the stomach makes a level; lying, the bubble is round.
        float level = scene.Pose.View != View.AP ? y0 + 0.35f * radiusY : y0 + 3 * radiusY;
        float[] xs = scene.Field.H, ys = scene.Field.V;
        for (int i = 0; i < xs.Length; i++)
        {
            float x = xs[i], y = ys[i];
            if (y < y0 - 60 || x < -120 || scene.BodyDepth[i] < 60) continue;
            float bend = 0.16f * wobble.At(x, y, 24, 2);
            float dx = (x - x0) / radiusX, dy = (y - y0) / radiusY;
            float gas = 2.1f * radiusY * Profile.Chord((dx * dx + dy * dy) * (1 + bend)) * (1 - Profile.Smooth(level - 1, level + 1, y));
            float bowel = 24 * Profile.Smooth(0.9f, 1.9f, wobble.At(x, y + 300, 30, 2)) * Profile.Smooth(35, 75, y - y0) * (lateral ? 0.5f : Profile.Smooth(-110, -40, x));
            scene.Attenuation[i] -= 0.85f * Scene.Tissue * (gas + bowel * a.StomachGas);
        }
    }
}
