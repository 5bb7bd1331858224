namespace CxrLab.Phantom;

/// <summary>
/// Air between lung and chest wall: a dark rim without vessels, widest at the apex, and the thin white line of the visceral pleura
/// at the border of the collapsed lung.
/// </summary>
internal sealed class PneumothoraxFinding : IPlantedFinding
{
    private const float LineMm = 1.1f;

    public string Name => Finding.Pneumothorax;

    public double Prevalence => 0.07;

    public Loading Loading => new(0, 0);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = random.NextSingle() < 0.5f ? -1 : 1;
        LungShape lung = scene.Shape(side);
        float width = lesion.Grow(11, 46), contrast = Math.Min(1.3f, (float)lesion.Contrast);
        var waviness = new ValueNoise(random.Next());
        float soft = 0.6f * scene.Field.MmPerPixel;
        float line = Math.Max(LineMm, soft), lineTissue = 9 * contrast * LineMm / line;
        float[] coverage = new float[scene.LungDepth.Length], xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < coverage.Length; i++)
        {
            float u = side * xs[i], y = ys[i];
            if (u < 0 || scene.LungDepth[i] <= 0) continue;
            // Air rises: the rim is wide above and thins out towards the base.
            float rim = width * (1.25f - 1.05f * Profile.Smooth(0, 0.95f * lung.DomeTop, y)) + 2.2f * waviness.At(0, y, 45, 2);
            float wall = Profile.SmoothMin(lung.ToWall(u, y), y * 0.9f, 18);
            float beyond = rim - wall; // > 0 in the air
            coverage[i] = rim < 3 || lung.ToDiaphragm(u, y) < -3 ? 0 : Profile.Smooth(-soft, soft, beyond);
            float air = coverage[i];
            scene.Vessels[i] *= 1 - air;
            scene.Attenuation[i] -= air * scene.LungDepth[i] * Scene.Lung * 0.55f * contrast;
            float onLine = Profile.Bell(beyond / line) * Profile.Smooth(3, 9, rim);
            scene.Displace(i, lineTissue * onLine);
            // What lung is left is a little denser, next to the line most.
            if (beyond < 0) scene.Displace(i, 0.05f * contrast * width * Profile.Bell(beyond / 9) * Profile.Smooth(3, 9, rim));
        }

        return coverage;
    }
}
