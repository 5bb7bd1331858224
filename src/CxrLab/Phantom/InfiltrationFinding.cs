namespace CxrLab.Phantom;

/// <summary>Several faint, streaky patches, often on both sides: what reports call an infiltrate.</summary>
internal sealed class InfiltrationFinding : IPlantedFinding
{
    public string Name => Finding.Infiltration;

    public double Prevalence => 0.14;

    public Loading Loading => new(0.1, 0.55);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        float[] coverage = new float[scene.LungDepth.Length];
        int patches = 1 + (int)(3 * lesion.Severity), first = random.NextSingle() < 0.5f ? -1 : 1;
        for (int patch = 0; patch < patches; patch++)
        {
            int side = patch % 2 == 0 ? first : -first;
            (float x, float y) = scene.Shape(side).At(0.25f + 0.5f * random.NextSingle(), 0.4f + 0.5f * random.NextSingle());
            float radius = lesion.Grow(20, 34), oval = 0.75f + 0.5f * random.NextSingle();
            float filling = (float)lesion.Contrast * lesion.Grow(0.16f, 0.28f);
            new CloudOpacity(x, y, radius * oval, radius / oval, filling, 0.45f, 13, random.Next()) { Patchiness = 0.95f }.Add(scene, coverage);
        }

        return coverage;
    }
}
