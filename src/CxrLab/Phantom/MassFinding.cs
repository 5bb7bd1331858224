namespace CxrLab.Phantom;

/// <summary>A lump of soft tissue more than 3 cm across, often lobed.</summary>
internal sealed class MassFinding : IPlantedFinding
{
    public string Name => Finding.Mass;

    public double Prevalence => 0.06;

    public Loading Loading => new(0, 0.1);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        (float x, float y) = LungSite.Draw(scene, random);
        float radius = lesion.Grow(16, 34), oval = 0.75f + 0.5f * random.NextSingle(), turn = 3 * random.NextSingle();
        return RoundOpacity.Add(scene, x, y, radius, oval, turn, lobes: 0.22f, depth: (float)lesion.Contrast * (22 + 1.1f * radius), random.Next());
    }
}
