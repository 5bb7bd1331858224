namespace CxrLab.Phantom;

/// <summary>Collapsed strips of lung near the base: level or slanting bands ("plates"), with some volume loss around them.</summary>
internal sealed class AtelectasisFinding : IPlantedFinding
{
    public string Name => Finding.Atelectasis;

    public double Prevalence => 0.12;

    public Loading Loading => new(0.3, 0.3);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        int side = random.NextSingle() < 0.5f ? -1 : 1;
        float[] coverage = new float[scene.LungDepth.Length], strip = new float[coverage.Length];
        int bands = 1 + (int)(2.4 * lesion.Severity);
        (float x, float y) = scene.Shape(side).At(0.45f + 0.3f * random.NextSingle(), 0.78f + 0.1f * random.NextSingle());
        for (int band = 0; band < bands; band++)
        {
            float half = lesion.Grow(19, 32) * (0.8f + 0.4f * random.NextSingle()), slant = 0.5f * (random.NextSingle() - 0.5f);
            float middleY = y - 13f * band + 4 * random.NextSingle(), sag = 5 * (random.NextSingle() - 0.5f);
            var tube = new Tube(scene.Field);
            tube.Through(Curve.Through([(x - half, middleY - slant * half), (x, middleY + sag), (x + half, middleY + slant * half)], 6));
            tube.AddSolid(strip, lesion.Grow(2.8f, 5.5f), 0.5f, 1, t => Profile.Smooth(0, 0.25f, t) * (1 - Profile.Smooth(0.75f, 1, t)));
        }

        var grain = new ValueNoise(random.Next());
        float filling = (float)lesion.Contrast * lesion.Grow(20, 38);
        for (int i = 0; i < strip.Length; i++)
        {
            if (strip[i] <= 0 || scene.LungDepth[i] <= 0 || scene.Field.X[i] * side < 0) continue;
            coverage[i] = Profile.Smooth(0.05f, 0.4f, strip[i]);
            scene.Displace(i, filling * Math.Min(strip[i], 1) * (1 + 0.25f * Math.Clamp(grain.At(scene.Field.X[i], scene.Field.Y[i], 8, 2), -1, 1)));
        }

        return coverage;
    }
}
