namespace CxrLab.Phantom;

/// <summary>Airspace filled with fluid in part of a lobe: a fluffy white patch in which the larger bronchi stay dark (air bronchogram).</summary>
internal sealed class ConsolidationFinding : IPlantedFinding
{
    public string Name => Finding.Consolidation;

    public double Prevalence => 0.09;

    public Loading Loading => new(0.15, 0.8);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        float[] coverage = new float[scene.LungDepth.Length];
        int side = random.NextSingle() < 0.55f ? -1 : 1;
        float across = 0.35f + 0.4f * random.NextSingle(), down = 0.35f + 0.5f * random.NextSingle();
        (float x, float y) = scene.Shape(side).At(across, down);
        float radius = lesion.Grow(19, 44), oval = 0.8f + 0.5f * random.NextSingle();
        float filling = Math.Min(0.85f, (float)lesion.Contrast * lesion.Grow(0.30f, 0.62f));
        new CloudOpacity(x, y, radius * oval, radius / oval, filling, 0.32f, 26, random.Next()) { Patchiness = 0.45f }.Add(scene, coverage);
        Bronchogram(scene, coverage, random, side, x, y, radius, filling);
        return coverage;
    }

    private static void Bronchogram(Scene scene, float[] coverage, Random random, int side, float x, float y, float radius, float filling)
    {
        float[] air = new float[coverage.Length];
        float outwards = MathF.Atan2(y - 110, x - side * 30);
        for (int branch = 0; branch < 4; branch++)
        {
            float angle = outwards + 0.9f * (random.NextSingle() - 0.5f), bend = 0.5f * (random.NextSingle() - 0.5f);
            float startX = x - 0.8f * radius * MathF.Cos(outwards), startY = y - 0.8f * radius * MathF.Sin(outwards);
            var tube = new Tube(scene.Field);
            for (int k = 0; k <= 6; k++)
            {
                float t = k / 6f * 1.3f * radius;
                tube.Through((startX + t * MathF.Cos(angle + bend * k / 6), startY + t * MathF.Sin(angle + bend * k / 6)));
            }

            tube.AddSolid(air, 1.7f, 4.5f, Scene.Tissue, t => 1 - 0.7f * t);
        }

        for (int i = 0; i < air.Length; i++) scene.Attenuation[i] -= air[i] * coverage[i] * filling;
    }
}
