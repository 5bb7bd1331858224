namespace CxrLab.Phantom;

/// <summary>Scarred pleura: an even white band between ribs and lung, along the side wall or as a cap over the apex, that blunts the angle.</summary>
internal sealed class PleuralThickeningFinding : IPlantedFinding
{
    public string Name => Finding.PleuralThickening;

    public double Prevalence => 0.05;

    public Loading Loading => new(0, 0.2);

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random);
        Lung lung = scene.Chest.Lung(side);
        bool lateral = scene.Field.IsLateral, cap = random.NextSingle() < 0.35f;
        float middle = cap ? 10 : (0.45f + 0.4f * random.NextSingle()) * lung.DomeTop, length = cap ? 34 : lesion.Grow(38, 85), thickness = lesion.Grow(5, 15);
        var waviness = new ValueNoise(random.Next());
        float[] coverage = new float[scene.Attenuation.Length], aerated = scene.LungDepth(side), hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < coverage.Length; i++)
        {
            if (aerated[i] <= 0) continue;
            float h = hs[i], y = vs[i];
            float taper = Profile.Bell((y - middle) / length) * (1 + 0.25f * waviness.At(0, y, 16, 2));
            float toWall = lateral ? scene.Chest.HalfDepth(y) - (h - scene.Chest.MiddleZ(y)) : lung.ToWall(Math.Abs(h), y);
            float inside = thickness * taper - toWall;
            if (inside <= -2 || taper < 0.25f || (lateral ? y > lung.CrestY(h) : lung.ToDiaphragm(Math.Abs(h), y) < 0)) continue;
            float band = Profile.Smooth(-1.5f, 2.5f, inside);
            coverage[i] = band;
            // Seen on edge, the plate's depth along the ray is many times its thickness.
            scene.Displace(side, i, band * (float)lesion.Contrast * lesion.Grow(26, 42));
        }

        return new(coverage, Lesion.Name(side));
    }
}
