namespace CxrLab.Phantom;

/// <summary>
/// Fluid in the pleural space: upright it fills the costophrenic angle and climbs the chest wall in a meniscus; in a lying patient it
/// spreads behind the lung, a higher, softer veil.
/// </summary>
internal sealed class EffusionFinding : IPlantedFinding
{
    public string Name => Finding.Effusion;

    public double Prevalence => 0.13;

    public Loading Loading => new(0.5, 0.45);

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random);
        Lung lung = scene.Chest.Lung(side);
        bool lateral = scene.Field.IsLateral;
        float height = lesion.Grow(30, 108), slope = 0.35f + 0.3f * random.NextSingle(), soft = scene.Pose.View == View.AP ? 40 : 15;
        float bottom = lateral ? lung.BackAngleY - 18 : lung.AngleY;
        float[] coverage = new float[scene.Attenuation.Length], aerated = scene.LungDepth(side), hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < coverage.Length; i++)
        {
            if (aerated[i] <= 0) continue;
            float h = hs[i], y = vs[i];
            // The meniscus climbs at the side wall, or at front and back.
            float across = lateral ? Math.Abs(h - scene.Chest.MiddleZ(y)) / scene.Chest.HalfDepth(y) : Math.Abs(h) / scene.Chest.HalfWidth(y);
            across = Math.Clamp(across, 0, 1);
            float surface = bottom - height * (1 - slope + slope * across * across * across * across);
            float depth = y - surface;
            if (depth <= -0.3f * soft) continue;
            float fluid = Profile.Smooth(-0.3f * soft, 1.5f * soft, depth) * Math.Clamp((float)lesion.Contrast, 0, 1);
            bool inSight = lateral ? y < lung.CrestY(h) + 3 : lung.ToDiaphragm(Math.Abs(h), y) > -3;
            coverage[i] = inSight ? Profile.Smooth(0.02f, 0.3f, fluid) : 0;
            scene.Displace(side, i, fluid * aerated[i] * 0.92f);
        }

        return new(coverage, Lesion.Name(side));
    }
}
