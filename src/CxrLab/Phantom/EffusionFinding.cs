namespace CxrLab.Phantom;

/// <summary>Fluid in the pleural space of an upright patient: it fills the costophrenic angle and climbs the chest wall in a meniscus.</summary>
internal sealed class EffusionFinding : IPlantedFinding
{
    public string Name => Finding.Effusion;

    public double Prevalence => 0.14;

    public Loading Loading => new(0.5, 0.45);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = random.NextSingle() < 0.5f ? -1 : 1;
        LungShape lung = scene.Shape(side);
        float height = lesion.Grow(28, 105), slope = 0.35f + 0.3f * random.NextSingle();
        // Lying patients' fluid spreads behind the lung: a higher, softer veil.
        float soft = scene.Pose.View == View.AP ? 40 : 17;
        float[] coverage = new float[scene.LungDepth.Length], xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < coverage.Length; i++)
        {
            float u = side * xs[i], y = ys[i];
            if (u < 0 || scene.LungDepth[i] <= 0) continue;
            float across = Math.Clamp(u / lung.WallU(y), 0, 1);
            float surface = lung.AngleY - height * (1 - slope + slope * MathF.Pow(across, 4));
            float depth = y - surface;
            if (depth <= -0.3f * soft) continue;
            float fluid = Profile.Smooth(-0.3f * soft, 1.5f * soft, depth) * Math.Clamp((float)lesion.Contrast, 0, 1);
            coverage[i] = lung.ToDiaphragm(u, y) < -3 ? 0 : Profile.Smooth(0.02f, 0.3f, fluid);
            scene.Displace(i, fluid * scene.LungDepth[i] * 0.92f);
        }

        return coverage;
    }
}
