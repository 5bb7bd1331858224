namespace CxrLab.Phantom;

/// <summary>Collapsed strips of lung near the base: level or slanting bands ("plates").</summary>
internal sealed class AtelectasisFinding : IPlantedFinding
{
    public string Name => Finding.Atelectasis;

    public double Prevalence => 0.11;

    public Loading Loading => new(0.3, 0.3);

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random);
        float[] coverage = new float[scene.Attenuation.Length], strip = new float[coverage.Length], lung = scene.LungDepth(side);
        int bands = 1 + (int)(2.4 * lesion.Severity);
        (float x, float y, float z) = scene.Chest.Lung(side).At(0.45f + 0.3f * random.NextSingle(), 0.78f + 0.1f * random.NextSingle(), 0.55f);
        for (int band = 0; band < bands; band++)
        {
            float half = lesion.Grow(19, 32) * (0.8f + 0.4f * random.NextSingle()), slant = 0.5f * (random.NextSingle() - 0.5f);
            float middleY = y - 13f * band + 4 * random.NextSingle(), sag = 5 * (random.NextSingle() - 0.5f);
            var tube = new Tube(scene.Field);
            tube.Through(Curve.Through([(x - half, middleY - slant * half, z - half), (x, middleY + sag, z), (x + half, middleY + slant * half, z + half)], 6));
            tube.AddSolid(strip, lesion.Grow(2.6f, 5.2f), 0.5f, 1, t => Profile.Smooth(0, 0.25f, t) * (1 - Profile.Smooth(0.75f, 1, t)));
        }

        var grain = new ValueNoise(random.Next());
        float filling = (float)lesion.Contrast * lesion.Grow(20, 38);
        for (int i = 0; i < strip.Length; i++)
        {
            if (strip[i] <= 0 || lung[i] <= 0) continue;
            coverage[i] = Profile.Smooth(0.05f, 0.4f, strip[i]);
            scene.Displace(side, i, filling * Math.Min(strip[i], 1) * (1 + 0.3f * Math.Clamp(grain.At(scene.Field.H[i], scene.Field.V[i], 8, 2), -1, 1)));
        }

        return new(coverage, Lesion.Name(side));
    }
}
