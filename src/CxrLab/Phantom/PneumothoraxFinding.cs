namespace CxrLab.Phantom;

/// <summary>
/// Air between lung and chest wall: a dark rim without vessels, widest at the apex, and the thin white line of the visceral pleura
/// at the border of the collapsed lung. From the side the other lung hides most of it; there it shows at the front.
/// </summary>
internal sealed class PneumothoraxFinding : IPlantedFinding
{
    private const float LineMm = 1.1f;

    public string Name => Finding.Pneumothorax;

    public double Prevalence => 0.06;

    public Loading Loading => new(0, 0);

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random);
        Lung lung = scene.Chest.Lung(side);
        bool lateral = scene.Field.IsLateral;
        float width = lesion.Grow(10, 46), contrast = Math.Min(1.3f, (float)lesion.Contrast);
        var waviness = new ValueNoise(random.Next());
        float soft = 0.6f * scene.Field.MmPerPixel;
        float line = Math.Max(LineMm, soft), lineTissue = 9 * contrast * LineMm / line;
        float[] coverage = new float[scene.Attenuation.Length], aerated = scene.LungDepth(side), hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < coverage.Length; i++)
        {
            if (aerated[i] <= 0) continue;
            float h = hs[i], y = vs[i];
            // Air rises: the rim is wide above and thins out towards the base.
            float rim = width * (1.25f - 1.05f * Profile.Smooth(0, 0.95f * lung.DomeTop, y)) + 2.2f * waviness.At(0, y, 45, 2);
            float toWall = lateral ? h - scene.Chest.MiddleZ(y) + scene.Chest.HalfDepth(y) : lung.ToWall(Math.Abs(h), y);
            float wall = Profile.SmoothMin(toWall, y * 0.9f, 18), beyond = rim - wall; // > 0 in the air
            bool hidden = rim < 3 || (lateral ? y > lung.CrestY(h) + 3 : lung.ToDiaphragm(Math.Abs(h), y) < -3);
            float air = coverage[i] = hidden ? 0 : Profile.Smooth(-soft, soft, beyond);
            scene.Vessels[i] *= 1 - air * aerated[i] / Math.Max(scene.LungDepthAt(i), 1);
            scene.Attenuation[i] -= air * aerated[i] * Scene.Lung * 0.55f * contrast;
            float onLine = Profile.Bell(beyond / line) * Profile.Smooth(3, 9, rim);
            scene.Displace(side, i, lineTissue * onLine);
            // What lung is left is a little denser, next to the line most.
            if (beyond < 0) scene.Displace(side, i, 0.05f * contrast * width * Profile.Bell(beyond / 9) * Profile.Smooth(3, 9, rim));
        }

        return new(coverage, Lesion.Name(side));
    }
}
