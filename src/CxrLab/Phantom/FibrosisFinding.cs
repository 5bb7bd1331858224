namespace CxrLab.Phantom;

/// <summary>Scarred lung: a net of lines and small rings at the bases and along the wall, on both sides, with some loss of volume.</summary>
internal sealed class FibrosisFinding : IPlantedFinding
{
    public string Name => Finding.Fibrosis;

    public double Prevalence => 0.05;

    public Loading Loading => new(0, 0.1);

    public Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy with { LungHeight = anatomy.LungHeight * (1 - 0.08f * (float)lesion.Severity) };

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        var net = new ValueNoise(random.Next());
        var border = new ValueNoise(random.Next());
        float height = lesion.Grow(0.28f, 0.62f), contrast = (float)lesion.Contrast * lesion.Grow(10, 20);
        float[] coverage = new float[scene.Attenuation.Length], hs = scene.Field.H, vs = scene.Field.V;
        bool lateral = scene.Field.IsLateral;
        for (int i = 0; i < coverage.Length; i++)
        {
            float lung = scene.LungDepthAt(i), y = vs[i];
            if (lung <= 0) continue;
            float across = lateral ? 0.45f + 0.5f * Math.Clamp((hs[i] - scene.Chest.MiddleZ(y)) / scene.Chest.HalfDepth(y), -1, 1) : Math.Abs(hs[i]) / scene.Chest.HalfWidth(y);
            float low = y / scene.Anatomy.LungHeight - (1 - height) + 0.25f * (across - 0.6f) + 0.05f * border.At(hs[i], y, 40, 2);
            float place = Profile.Smooth(-0.06f, 0.14f, low) * Profile.Smooth(0.12f, 0.5f, across);
            if (place <= 0) continue;
            coverage[i] = scene.Covered[i] ? 0 : place;
            // Ridges of noise are lines that meet in a net; squared, they are thin.
            float wide = 1 - Math.Abs(net.At(hs[i], y, 9, 1)) * 1.5f, fine = 1 - Math.Abs(net.At(hs[i] + 400, y, 5, 1)) * 1.5f;
            float lines = Math.Max(wide, 0) * Math.Max(wide, 0) + 0.7f * Math.Max(fine, 0) * Math.Max(fine, 0);
            float depth = contrast * place * (0.55f + lines) * Math.Min(1, lung / 60);
            float right = scene.RightDepth[i] / lung;
            scene.Displace(-1, i, depth * right);
            scene.Displace(1, i, depth * (1 - right));
        }

        return new(coverage, BodySide.Both);
    }
}
